# Measures what keeping records costs in one organisation with very many patients and signed notes: searches, the queue,
# signing, uploads, summaries, and the command that verifies. Sourced by deploy/bench.
# shellcheck shell=sh

# $1: patients, $2: signed notes, $3: how often each is measured.
bench_records() {
  say 'Building …'
  (cd "$root" && mvn -q -B --no-transfer-progress -pl deploy -am package dependency:build-classpath \
    -DskipTests -Dmdep.includeScope=test -Dmdep.outputFile=target/bench.classpath) >"$work/records.log" 2>&1 || {
    cat "$work/records.log" >&2
    fail 'The bench of records could not be built.'
  }
  CONSILIUM_DEMO=false
  start
  say 'Filling an empty server …'
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx1g --enable-native-access=ALL-UNNAMED -cp \
    "$root/deploy/target/test-classes:$root/deploy/target/classes:$(cat "$root/deploy/target/bench.classpath")" \
    org.consilium.deploy.bench.records.RecordsBench "$address" "$server" "$CONSILIUM_DATA" \
    "$root/deploy/verify-notes" "$1" "$2" "$3"
  stop
  rm -rf "$CONSILIUM_DATA"
  CONSILIUM_DEMO=true
}

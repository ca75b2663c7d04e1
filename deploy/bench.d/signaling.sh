# Measures the relay of calls beside other servers. Sourced by deploy/bench.
# shellcheck shell=sh

# Ten thousand sockets in each of two processes.
FILES_NEEDED=12000

# $1: how many rounds.
bench_signaling() {
  ulimit -n "$(ulimit -Hn)"
  limit=$(ulimit -n)
  [ "$limit" = unlimited ] || [ "$limit" -ge "$FILES_NEEDED" ] ||
    fail "Measuring needs $FILES_NEEDED open files, and the limit is $limit: raise it (ulimit -Hn)."
  (cd "$root" && mvn -q -B --no-transfer-progress -pl platform,signaling package dependency:build-classpath \
    -DskipTests -Dmdep.includeScope=test -Dmdep.outputFile=target/bench.classpath) >"$work/relay.log" 2>&1 || {
    cat "$work/relay.log" >&2
    fail 'The relay could not be built.'
  }
  # shellcheck disable=SC2086 # several flags
  "$JAVA_HOME/bin/java" $java_flags --enable-native-access=ALL-UNNAMED -cp \
    "$root/signaling/target/test-classes:$root/signaling/target/classes:$(cat "$root/signaling/target/bench.classpath")" \
    org.consilium.signaling.bench.SignalingBench "$1"
}

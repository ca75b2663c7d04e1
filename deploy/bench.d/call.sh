# Measures calls on bad links between two real browsers: the product's own page beside untuned calls, over an emulated link.
# Sourced by deploy/bench.
# shellcheck shell=sh

# $1: the seconds of each steady cell; the cells after it, all if there are none: join, 16, 32, 32-loss, 64, 96, 128,
# outage-10, outage-30, address, swing.
bench_call() {
  find_chromium || fail 'Measuring calls needs Chromium: install the package chromium, or set CONSILIUM_CHROMIUM to its program.'
  command -v turnserver >/dev/null 2>&1 || fail 'Measuring calls needs coturn: install the package coturn.'
  say 'Building …'
  (cd "$root" && mvn -q -B --no-transfer-progress -pl deploy -am package dependency:build-classpath \
    -DskipTests -Dmdep.includeScope=test -Dmdep.outputFile=target/bench.classpath) >"$work/call.log" 2>&1 || {
    cat "$work/call.log" >&2
    fail 'The bench of calls could not be built.'
  }
  (cd "$root/deploy" && "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx512m --enable-native-access=ALL-UNNAMED -cp \
    "target/test-classes:target/classes:$(cat target/bench.classpath)" \
    org.consilium.deploy.bench.call.CallBench "$work" "$@")
}

# Measures the planner beside another solver and plainer policies, bookings beside plain inserts and in a race, and the
# ladder's timers under kills. Sourced by deploy/bench.
# shellcheck shell=sh

# $1: the seconds of CPU that the plan with rooms and interpreters may use; $2: how many attempts at booking race.
bench_scheduling() {
  (cd "$root" && mvn -q -B --no-transfer-progress -pl platform,scheduling package dependency:build-classpath \
    -DskipTests -Dmdep.includeScope=test -Dmdep.outputFile=target/bench.classpath) >"$work/planner.log" 2>&1 || {
    cat "$work/planner.log" >&2
    fail 'The planner could not be built.'
  }
  scheduling_program -Xmx1g org.consilium.scheduling.bench.PlannerBench "$1"
  scheduling_program org.consilium.scheduling.bench.BookingBench "$2"
  scheduling_program org.consilium.scheduling.bench.LadderBench
}

scheduling_program() {
  # shellcheck disable=SC2086 # several flags
  (cd "$root/scheduling" && "$JAVA_HOME/bin/java" $java_flags --enable-native-access=ALL-UNNAMED -cp \
    "target/test-classes:target/classes:$(cat target/bench.classpath)" "$@")
}

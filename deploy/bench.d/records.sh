# Measures what keeping a record costs: the search for patients in several scripts, and uploads.
# Sourced by deploy/bench.
# shellcheck shell=sh

# $1: how many patients the organisation has.
bench_records() {
  (cd "$root" && mvn -q -B --no-transfer-progress -pl platform,records package dependency:build-classpath \
    -DskipTests -Dmdep.includeScope=test -Dmdep.outputFile=target/bench.classpath) >"$work/records.log" 2>&1 || {
    cat "$work/records.log" >&2
    fail 'The records could not be built.'
  }
  records_program org.consilium.records.patient.PatientSearchBench "$1"
  printf '\nUploads\n'
  records_program -Xmx256m org.consilium.records.bench.UploadBench
}

records_program() {
  # shellcheck disable=SC2086 # several flags
  (cd "$root/records" && "$JAVA_HOME/bin/java" $java_flags --enable-native-access=ALL-UNNAMED -cp \
    "target/test-classes:target/classes:$(cat target/bench.classpath)" "$@")
}

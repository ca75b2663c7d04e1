# Measures the whole product: its start and its API. Sourced by deploy/bench.
# shellcheck shell=sh

CONSILIUM_DATA=$work/data
CONSILIUM_PORT=${CONSILIUM_BENCH_PORT:-18080}
CONSILIUM_MANAGEMENT_PORT=${CONSILIUM_BENCH_MANAGEMENT_PORT:-19090}
CONSILIUM_DEMO=true
export CONSILIUM_DATA CONSILIUM_PORT CONSILIUM_MANAGEMENT_PORT CONSILIUM_DEMO
address=http://localhost:$CONSILIUM_PORT

now() { date +%s%N; }

# Starts the server and sets `took` to the milliseconds until it says that it is ready.
start() {
  begun=$(now)
  "$root/deploy/run" >"$work/server.log" 2>&1 &
  server=$!
  until [ "$(curl -s -o /dev/null -w '%{http_code}' "$address/health/ready")" = 200 ]; do
    kill -0 "$server" 2>/dev/null || {
      cat "$work/server.log" >&2
      fail 'The server did not start.'
    }
    sleep 0.05
  done
  took=$((($(now) - begun) / 1000000))
}

bench_start() {
  say 'Building, and starting once so that the build is not measured …'
  start
  stop
  rm -rf "$CONSILIUM_DATA"

  printf '\nStart to ready                                        ms\n'
  start
  printf '%-50s %6s\n' 'first start (new database, demonstration data)' "$took"
  stop
  for round in 1 2 3; do
    start
    printf '%-50s %6s\n' "later start, $round of 3" "$took"
    stop
  done
}

bench_api() {
  start
  printf '\nRequests (16 connections, 8 s each after warming up)\n'
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx256m \
    "$root/deploy/src/test/java/org/consilium/deploy/bench/ApiLoad.java" \
    "$address" "$server" "$(cat "$CONSILIUM_DATA/demo-password")"
  stop
}

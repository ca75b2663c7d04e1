# Shared by run, test and bench; sourced, not run. Expects `root` to be the repository's folder.
# shellcheck shell=sh

JAVA_FEATURE_MIN=25
NODE_MAJOR_MIN=20

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# The feature number of the JDK in folder $1, read from its release file: starts no JVM.
jdk_feature() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null; }

# Sets and exports JAVA_HOME to the first JDK that is new enough.
find_jdk() {
  for jdk in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    [ -n "$jdk" ] && [ -x "$jdk/bin/javac" ] || continue
    feature=$(jdk_feature "$jdk")
    if [ "${feature:-0}" -ge "$JAVA_FEATURE_MIN" ]; then
      JAVA_HOME=$jdk
      export JAVA_HOME
      return
    fi
  done
  fail "Consilium needs a JDK $JAVA_FEATURE_MIN or newer: install one, or set JAVA_HOME to it."
}

# What a build needs beside the JDK.
check_build_tools() {
  command -v mvn >/dev/null 2>&1 || fail "Building needs Maven: install the package maven."
  command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 ||
    fail "Building the web client needs Node.js $NODE_MAJOR_MIN or newer and npm: install the packages nodejs and npm."
  node_version=$(node --version)
  node_major=${node_version#v}
  node_major=${node_major%%.*}
  [ "$node_major" -ge "$NODE_MAJOR_MIN" ] ||
    fail "Building the web client needs Node.js $NODE_MAJOR_MIN or newer, and this is $node_version."
}

# The JVM takes a startup archive only with the flags that it was made with.
java_flags='-XX:+UseSerialGC -Xmx512m'

# The startup archive: classes as a start needs them, read back instead of loaded and checked anew.
startup_archive=$root/deploy/target/consilium.aot

# What an archive is good for: this JDK and these very jars.
startup_archive_key() {
  {
    cat "$JAVA_HOME/release"
    ls -ln "$root/deploy/target/consilium.jar" "$root/deploy/target/lib"
  } | cksum
}

startup_archive_fits() {
  [ -f "$startup_archive" ] && [ "$(cat "$startup_archive.key" 2>/dev/null)" = "$(startup_archive_key)" ]
}

# Sets and exports CONSILIUM_CHROMIUM, the browser of the browser tests.
find_chromium() {
  for name in "${CONSILIUM_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && CONSILIUM_CHROMIUM=$(command -v "$name"); then
      export CONSILIUM_CHROMIUM
      return 0
    fi
  done
  return 1
}

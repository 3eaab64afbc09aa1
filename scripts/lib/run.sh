# Sourced by the scripts: finds Java, builds what is missing, runs a command of dev.thalweg.cli.Main.
# Needs bash (3.2 will do), coreutils and Java.
#
#   jvm_options+=(-Xmx2g)   # where a command wants more than the defaults
#   thalweg COMMAND "$@"    # does not return

set -euo pipefail

THALWEG_ROOT="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)"
THALWEG_HOME="${THALWEG_HOME:-$THALWEG_ROOT/.thalweg}"
case "$THALWEG_HOME" in /*) ;; *) THALWEG_HOME="$PWD/$THALWEG_HOME" ;; esac
export THALWEG_ROOT THALWEG_HOME

jvm_options=(-XX:+UseSerialGC)
for package in lang util time net nio; do
  jvm_options+=("--add-opens=java.base/java.$package=ALL-UNNAMED")
done
jvm_options+=(--add-opens=java.base/sun.nio.ch=ALL-UNNAMED)

class_paths=("$THALWEG_ROOT"/jobs/cli/target/runtime.classpath
  "$THALWEG_ROOT"/scripts/runtime/{flink,kafka}/target/runtime.classpath)
sources=("$THALWEG_ROOT"/{pom.xml,schemas,operators,jobs,jobs/cli,scripts/runtime/flink,scripts/runtime/kafka})
built="$THALWEG_ROOT/target/scripts.built"

fail() {
  printf '%s: %s\n' "$(basename -- "$0")" "$1" >&2
  exit 1
}

# Sets $java to a Java 17 or newer.
find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    java="$JAVA_HOME/bin/java"
    [ -x "$java" ] || fail "JAVA_HOME=$JAVA_HOME holds no bin/java: point it at a JDK 17 or newer"
  else
    java="$(command -v java)" || fail "Java is missing: install a JDK 17 or newer, or set JAVA_HOME to one"
  fi
  local text version=0
  text="$("$java" -version 2>&1)" || fail "$java does not run: ${text%%$'\n'*}"
  if [[ "$text" =~ version\ \"([0-9]+) ]]; then version="${BASH_REMATCH[1]}"; fi
  [ "$version" -ge 17 ] || fail "Java 17 or newer is needed and $java is version $version: set JAVA_HOME to a newer JDK"
}

# Sets $jar to the one file that matches, or to nothing.
one_jar() {
  jar=""
  local file
  for file in "$@"; do
    if [ -f "$file" ]; then jar="$file"; fi
  done
}

# Whether anything below the directory is newer than the last build.
is_newer() {
  local entry
  [ "$1" -nt "$built" ] && return 0
  if [ -d "$1" ]; then
    for entry in "$1"/*; do
      is_newer "$entry" && return 0
    done
  fi
  return 1
}

# Whether all that commands run from is there, and newer than what it is made from.
is_built() {
  [ -f "$built" ] || return 1
  local file source entry entries
  one_jar "$THALWEG_ROOT"/jobs/cli/target/thalweg-cli-*.jar
  [ -n "$jar" ] || return 1
  one_jar "$THALWEG_ROOT"/jobs/target/thalweg-jobs-*-job.jar
  [ -n "$jar" ] || return 1
  for file in "${class_paths[@]}"; do
    [ -f "$file" ] || return 1
    IFS=: read -r -a entries < "$file" || true
    for entry in "${entries[@]}"; do
      [ -e "$entry" ] || return 1
    done
  done
  for source in "${sources[@]}"; do
    for file in "$source" "$source/pom.xml" "$source/src/main"; do
      if [ -f "$file" ] || [ "${file##*/}" = main ]; then
        is_newer "$file" && return 1
      fi
    done
  done
  return 0
}

# Counts the seconds on a terminal while the command given runs.
while_counting() {
  local title="$1" counter="" status=0
  shift
  printf '%s ...\n' "$title" >&2
  if [ -t 2 ]; then
    (
      trap 'exit 0' TERM
      while sleep 1; do printf '\r  %d s ' "$SECONDS" >&2; done
    ) &
    counter=$!
  fi
  "$@" || status=$?
  if [ -n "$counter" ]; then
    kill "$counter" 2>/dev/null || true
    wait "$counter" 2>/dev/null || true
    printf '\r\033[K' >&2
  fi
  return "$status"
}

build() {
  local log="$THALWEG_HOME/logs/build.log" line reason=""
  mkdir -p "$THALWEG_HOME/logs" "$THALWEG_ROOT/target" 2>/dev/null ||
    fail "cannot write below $THALWEG_HOME and $THALWEG_ROOT/target: check permissions and free space"
  : > "$built.next" || fail "cannot write $built.next: check permissions and free space"
  if ! while_counting "building Thalweg; the first time this loads libraries and takes minutes" \
    "$THALWEG_ROOT/mvnw" -q -B -f "$THALWEG_ROOT/pom.xml" -DskipTests package > "$log" 2>&1; then
    while IFS= read -r line; do
      case "$line" in "[ERROR] "?*) [ -n "$reason" ] || reason="${line#\[ERROR\] }" ;; esac
    done < "$log"
    fail "the build failed: ${reason:-no reason given}; see $log"
  fi
  mv -f "$built.next" "$built"
}

# Builds unless built; one script at a time.
ensure_built() {
  if is_built; then return; fi
  mkdir -p "$THALWEG_ROOT/target" || fail "cannot write $THALWEG_ROOT/target: check permissions and free space"
  local lock="$THALWEG_ROOT/target/scripts.lock"
  if command -v flock > /dev/null; then
    exec 9> "$lock"
    flock -n 9 || { echo "another script is building, waiting for it" >&2; flock 9; }
    is_built || build 9>&-
    exec 9>&-
  else
    until mkdir "$lock.d" 2>/dev/null; do
      local holder
      holder="$(cat "$lock.d/pid" 2>/dev/null || true)"
      if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then rm -rf "$lock.d"; continue; fi
      sleep 1
    done
    echo $$ > "$lock.d/pid"
    trap 'rm -rf "$THALWEG_ROOT/target/scripts.lock.d"' EXIT
    is_built || build
    rm -rf "$lock.d"
    trap - EXIT
  fi
}

thalweg() {
  find_java
  ensure_built
  one_jar "$THALWEG_ROOT"/jobs/cli/target/thalweg-cli-*.jar
  exec "$java" "${jvm_options[@]}" -cp "$jar:$(cat "${class_paths[0]}")" dev.thalweg.cli.Main "$@"
}

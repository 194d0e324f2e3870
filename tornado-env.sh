#!/usr/bin/env bash
#
# Finds the JDK and the TornadoVM SDK, builds what is needed, runs gale. See --help.
# Run it with bash; source it from bash or zsh.

_gale_usage() {
  cat <<'USAGE'
usage: ./tornado-env.sh run [...]    gale run [...]: bare, the demonstration on the best device found
       ./tornado-env.sh gale [...]   any gale command, as in: gale devices
       ./tornado-env.sh test [...]   every test; further words go to Maven
       ./tornado-env.sh build        build only
       source tornado-env.sh         set JAVA_HOME, TORNADOVM_HOME, GALE_HOME and PATH, define gale

-Dname=value and -Pprofile anywhere go to Maven, as in -Dmaven.repo.local=DIRECTORY; so does what MAVEN_ARGS holds.
A build happens when sources are newer than the last one, or the last one was given other words; one that fails ends with status 3.
-Ppeers builds in the libraries that gale bench measures Gale beside, and fetches them: about 700 MB. They stay until a build without it.

JAVA_HOME          the JDK, 25 or newer; looked for when it is not set or older
TORNADOVM_HOME     the TornadoVM SDK; looked for when it is not set. Without one, gale runs on the JVM.
GALE_ONNX_VECTORS  a folder with the ONNX project's node test vectors, for test
USAGE
}

_gale_say() {
  printf '%s\n' "tornado-env.sh: $*" >&2
}

# The version of the JDK at $1, as in 25.0.1; nothing if there is none.
_gale_jdk_version() {
  [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p'
  fi
}

# Where JDKs are, one a line, the likeliest first.
_gale_jdk_places() {
  [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v 25+ 2>/dev/null
  fi
  find "${SDKMAN_DIR:-$HOME/.sdkman}/candidates/java" /usr/lib/jvm /usr/lib64/jvm /usr/java /opt \
    "$HOME/.jdks" /opt/homebrew/opt /usr/local/opt \
    -mindepth 1 -maxdepth 1 \( -type d -o -type l \) 2>/dev/null | LC_ALL=C sort
  find /Library/Java/JavaVirtualMachines "$HOME/Library/Java/JavaVirtualMachines" \
    -mindepth 3 -maxdepth 3 -path '*/Contents/Home' 2>/dev/null
  if command -v javac >/dev/null 2>&1; then
    dirname "$(dirname "$(command -v javac)")"
  fi
}

# Sets JAVA_HOME to a JDK 25, else a newer one. JAVA_HOME stays if it is one.
_gale_find_jdk() {
  _gale_found='' _gale_newer='' _gale_seen=''
  while IFS= read -r _gale_place; do
    _gale_version=$(_gale_jdk_version "$_gale_place")
    [ -n "$_gale_version" ] || continue
    _gale_major=${_gale_version%%[!0-9]*}
    _gale_seen="$_gale_seen
  $_gale_place: $_gale_version"
    if [ "$_gale_place" = "${JAVA_HOME:-}" ] && [ "$_gale_major" -ge 25 ]; then
      _gale_found=$_gale_place
      break
    elif [ "$_gale_major" -eq 25 ]; then
      [ -n "$_gale_found" ] || _gale_found=$_gale_place
    elif [ "$_gale_major" -gt 25 ]; then
      [ -n "$_gale_newer" ] || _gale_newer=$_gale_place
    fi
  done <<PLACES
$(_gale_jdk_places)
PLACES
  _gale_found=${_gale_found:-$_gale_newer}
  if [ -z "$_gale_found" ]; then
    _gale_say "no JDK 25 or newer found. JDKs seen:${_gale_seen:- none}
Looked at JAVA_HOME (${JAVA_HOME:-not set}), the path, SDKMAN, /usr/lib/jvm, /usr/java, /opt, ~/.jdks, Homebrew
and /Library/Java. Install one, as in
  sdk install java 25-tem        (sdkman.io), or from https://adoptium.net
or set JAVA_HOME to one."
    return 2
  fi
  export JAVA_HOME="$_gale_found"
}

# Sets TORNADOVM_HOME to an SDK, if there is one. A TORNADOVM_HOME that is set stays: gale says what is wrong with it.
_gale_find_sdk() {
  [ -z "${TORNADOVM_HOME:-}" ] || return 0
  for _gale_place in "${SDKMAN_DIR:-$HOME/.sdkman}/candidates/tornadovm/current" "$HOME/.gale/tornadovm"; do
    if [ -x "$_gale_place/bin/tornado" ]; then
      export TORNADOVM_HOME="$_gale_place"
      return 0
    fi
  done
}

# Whether sources are newer than the last build, or the last one was given other words.
_gale_is_stale() {
  local stamp="$GALE_HOME/cli/target/built"
  [ -f "$stamp" ] || return 0
  # A build that has the peers too is as good.
  case $(cat "$stamp") in
    "$1" | "$1 -Ppeers") ;;
    *) return 0 ;;
  esac
  [ -n "$(cd "$GALE_HOME" && find pom.xml ./*/pom.xml ./*/src/main tornado-api/src samples .mvn mvnw \
    -newer "$stamp" -print 2>/dev/null | head -n 1)" ]
}

# Passes on what a person wants to see of Maven's output: modules, what is fetched, errors.
_gale_digest() {
  local line fetched=0
  while IFS= read -r line; do
    case $line in
      *'[INFO] Building '*'['*/*']')
        if [ "$fetched" -gt 0 ] && [ -t 2 ]; then printf "\n"; fi
        fetched=0
        line=${line#*Building }
        printf '  %s %s\n' "${line##* }" "${line%% [0-9]*}"
        ;;
      *'Downloaded from '*)
        fetched=$((fetched + 1))
        if [ -t 2 ]; then
          printf '\r  %d files fetched' "$fetched"
        elif [ $((fetched % 50)) -eq 0 ]; then
          printf '  %d files fetched\n' "$fetched"
        fi
        ;;
      *'[ERROR]'*) printf '%s\n' "$line" ;;
      # Maven goes on without a profile that it does not know, and says so.
      *'[WARNING] The requested '*profile*) printf '%s\n' "$line" ;;
    esac
  done >&2
}

# Builds unless the last build is good. Words go to Maven.
_gale_build() {
  local target="$GALE_HOME/cli/target" words='' word
  for word in "$@"; do
    case $word in
      -Dmaven.repo.local=*) ;;
      *) words="$words $word" ;;
    esac
  done
  _gale_is_stale "$words" || return 0
  mkdir -p "$target"
  local lock="$target/building" other patience=3
  until mkdir "$lock" 2>/dev/null; do
    other=$(cat "$lock/pid" 2>/dev/null || true)
    if [ -n "$other" ] && kill -0 "$other" 2>/dev/null; then
      _gale_say "waiting for the build of process $other"
      sleep 2
    elif [ -z "$other" ] && [ "$patience" -gt 0 ]; then
      # Between making the directory and writing the number, or killed there.
      patience=$((patience - 1))
      sleep 1
    else
      rm -rf "$lock"
    fi
  done
  echo $$ >"$lock/pid"
  # shellcheck disable=SC2064 # The lock of now, whatever the variable holds later.
  trap "rm -rf '$lock'" EXIT
  local status=0
  if _gale_is_stale "$words"; then
    _gale_build_now "$target" "$words" "$@" || status=$?
  fi
  rm -rf "$lock"
  trap - EXIT
  return $status
}

_gale_build_now() {
  local target=$1 words=$2 log="$1/build.log" modules=cli
  shift 2
  case "$words " in
    *' -Ppeers '*) modules=cli,peers,peers-nd4j ;;
    # What was built before these sources would be measured in their place.
    *) rm -f "$GALE_HOME"/peers*/target/peer.classpath ;;
  esac
  _gale_say "building with $JAVA_HOME; the first time takes a few minutes (log: $log)"
  printf '%s' "$words" >"$target/built.new"
  rm -rf "${target:?}/lib"
  if ! (cd "$GALE_HOME" && ./mvnw -B -pl "$modules" -am -DskipTests "$@" package) 2>&1 |
    tee "$log" | _gale_digest; then
    _gale_say "the build failed; the end of $log:"
    tail -n 20 "$log" >&2
    return 3
  fi
  mv "$target/built.new" "$target/built"
}

# Runs gale in place of this process.
_gale_exec() {
  local path jar terminal=false
  for path in "$GALE_HOME"/cli/target/gale-cli-*.jar; do
    case $path in
      *-tests.jar | *-sources.jar) ;;
      *) jar=$path ;;
    esac
  done
  path=$jar
  for jar in "$GALE_HOME"/cli/target/lib/*.jar; do
    path="$path:$jar"
  done
  [ ! -t 2 ] || terminal=true
  # This JVM checks a request and waits: it starts fast, and leaves the cores to the process that works.
  exec "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.awt.headless=true \
    -Dgale.terminal=$terminal -cp "$path" dev.gale.cli.Gale "$@"
}

# Every test: unit tests on the JVM device, *DeviceIT on the SDK's devices when there is one.
_gale_test() {
  local words=()
  if [ -n "${TORNADOVM_HOME:-}" ]; then
    local flags
    if ! flags=$("$TORNADOVM_HOME/bin/tornado" --printJavaFlags); then
      _gale_say "$TORNADOVM_HOME/bin/tornado --printJavaFlags failed: $flags"
      return 3
    fi
    # The flags follow the path of java, on the line that begins with it; a launcher may print advice before it.
    flags=$(printf '%s\n' "$flags" | sed -n 's|^ *[^ ]*java  *\(-.*\)|\1|p' | head -n 1)
    if [ -z "$flags" ]; then
      _gale_say "$TORNADOVM_HOME/bin/tornado --printJavaFlags printed no line with the flags of java"
      return 3
    fi
    words+=("-Dgale.device.argLine=$flags" "-Dgale.device.reason=the SDK at $TORNADOVM_HOME shows no device")
    _gale_say "device tests run on TornadoVM at $TORNADOVM_HOME"
  else
    _gale_say "device tests are skipped: no TornadoVM SDK (TORNADOVM_HOME, SDKMAN, ~/.gale/tornadovm)"
  fi
  if [ -n "${GALE_ONNX_VECTORS:-}" ]; then
    words+=("-Dgale.onnx.vectors=$GALE_ONNX_VECTORS")
  fi
  (cd "$GALE_HOME" && ./mvnw -B -ntp ${words[@]+"${words[@]}"} "$@" verify)
}

_gale_main() {
  local command=${1:-help} word
  [ $# -eq 0 ] || shift
  local maven=() rest=()
  for word in "$@"; do
    case $word in
      -D*=* | -P*) maven+=("$word") ;;
      *) rest+=("$word") ;;
    esac
  done
  case $command in
    run | gale | build | test) ;;
    help | -h | --help)
      _gale_usage
      return 0
      ;;
    *)
      _gale_say "unknown command: $command"
      _gale_usage >&2
      return 2
      ;;
  esac
  _gale_find_jdk || return
  _gale_find_sdk
  case $command in
    test) _gale_test ${maven[@]+"${maven[@]}"} ${rest[@]+"${rest[@]}"} ;;
    build) _gale_build ${maven[@]+"${maven[@]}"} ;;
    run | gale)
      _gale_build ${maven[@]+"${maven[@]}"} || return
      [ "$command" = gale ] || rest=(run ${rest[@]+"${rest[@]}"})
      _gale_exec ${rest[@]+"${rest[@]}"}
      ;;
  esac
}

if [ -n "${ZSH_VERSION:-}" ]; then
  # zsh's way to the name of the file that is being read; bash never evaluates it.
  eval '_gale_self=${(%):-%x}'
  _gale_sourced=yes
else
  _gale_self=${BASH_SOURCE[0]}
  [ "$_gale_self" = "$0" ] && _gale_sourced=no || _gale_sourced=yes
fi
# A link on the path stands for the script that it leads to. Not readlink -f: macOS had none for long.
while [ -L "$_gale_self" ]; do
  _gale_link=$(readlink "$_gale_self")
  case $_gale_link in
    /*) _gale_self=$_gale_link ;;
    *) _gale_self=$(dirname "$_gale_self")/$_gale_link ;;
  esac
done
GALE_HOME=$(cd "$(dirname "$_gale_self")" && pwd)
export GALE_HOME

if [ "$_gale_sourced" = no ]; then
  set -u -o pipefail
  _gale_main "$@"
  exit
fi

_gale_find_jdk && _gale_find_sdk
_gale_status=$?
if [ $_gale_status -eq 0 ]; then
  export PATH="$JAVA_HOME/bin${TORNADOVM_HOME:+:$TORNADOVM_HOME/bin}:$PATH"
  gale() { "$GALE_HOME/tornado-env.sh" gale "$@"; }
fi
unset -f _gale_usage _gale_say _gale_jdk_version _gale_jdk_places _gale_find_jdk _gale_find_sdk _gale_is_stale \
  _gale_digest _gale_build _gale_build_now _gale_exec _gale_test _gale_main
unset _gale_self _gale_link _gale_sourced _gale_place _gale_found _gale_newer _gale_seen _gale_version _gale_major
# The status of the sourcing, without a variable left behind.
eval "unset _gale_status; return $_gale_status"

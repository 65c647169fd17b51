# Finds Java 25 or newer and exports JAVA_HOME. Sourced: `find_java javac` where a compiler is needed, else `find_java java`.

# Whether $1 is the home of a Java new enough that has the tool $2. Reads its "release" file, as starting it costs 50 ms.
is_java() {
  [ -x "$1/bin/$2" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in
    JAVA_VERSION=*)
      version=${line#*\"}
      version=${version%%[!0-9]*}
      [ "${version:-0}" -ge 25 ]
      return
      ;;
    esac
  done <"$1/release"
  return 1
}

# Follows the symbolic links of $1 to the file; prints it. macOS before 12.3 has no readlink -f.
real_path() {
  file=$1
  while [ -L "$file" ]; do
    target=$(readlink "$file")
    case $target in
    /*) file=$target ;;
    *) file=$(dirname "$file")/$target ;;
    esac
  done
  printf '%s\n' "$file"
}

find_java() {
  if [ -n "${BELFRY_JAVA_HOME:-}" ]; then
    if ! is_java "$BELFRY_JAVA_HOME" "$1"; then
      echo "belfry: BELFRY_JAVA_HOME is $BELFRY_JAVA_HOME, which holds no JDK 25 or newer" >&2
      exit 1
    fi
    JAVA_HOME=$BELFRY_JAVA_HOME
    export JAVA_HOME
    return
  fi
  if [ -n "${JAVA_HOME:-}" ] && is_java "$JAVA_HOME" "$1"; then
    export JAVA_HOME
    return
  fi
  on_path=$(command -v java || true)
  if [ -n "$on_path" ]; then
    on_path=$(real_path "$on_path")
    on_path=${on_path%/bin/java}
  fi
  for home in "$on_path" /usr/lib/jvm/* /usr/java/* /opt/java/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if is_java "$home" "$1"; then
      JAVA_HOME=$home
      export JAVA_HOME
      return
    fi
  done
  if [ -x /usr/libexec/java_home ] && home=$(/usr/libexec/java_home -v 25+ 2>/dev/null) && is_java "$home" "$1"; then
    JAVA_HOME=$home
    export JAVA_HOME
    return
  fi
  cat >&2 <<'END'
belfry: no JDK 25 or newer was found.
  looked at: BELFRY_JAVA_HOME, JAVA_HOME, java on the PATH, /usr/lib/jvm and the like
  get one:   https://adoptium.net/temurin/releases/?version=25 (all systems, no rights needed: unpack it anywhere)
             Debian, Ubuntu: apt install openjdk-25-jdk, where the release has it; Fedora: dnf install java-25-openjdk-devel
             macOS: brew install openjdk@25; with SDKMAN: sdk install java 25-tem
  then:      export BELFRY_JAVA_HOME=/where/it/is
END
  exit 1
}

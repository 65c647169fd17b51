#!/bin/sh
# A real Synapse for tests: a Debian chroot in the user's cache folder, never in the clone.
#   synapse.sh install              makes the chroot when it is missing; says what it does
#   synapse.sh run DIR              runs Synapse on DIR/homeserver.yaml (DIR is /srv inside) until stdin closes
# Ends with 77 and a reason on stderr where it cannot work on this machine.
set -eu
cache=${XDG_CACHE_HOME:-$HOME/.cache}/belfry/synapse
chroot=$cache/chroot
say() { echo "synapse: $*" >&2; }
cannot() { say "$*"; exit 77; }

# A mount and process namespace of its own: nothing stays mounted, and nothing outlives this process, however it ends.
apart() { unshare --mount --propagation private --pid --fork --kill-child -- "$@"; }

possible() {
  [ "$(uname -s)" = Linux ] || cannot "needs Linux"
  [ "$(id -u)" = 0 ] || cannot "needs root, to make and enter a chroot"
  apart true 2>/dev/null || cannot "needs permission to make namespaces (CAP_SYS_ADMIN), which this container does not give"
}

# The mirror that this machine uses for Debian itself; nothing where it uses none (debootstrap then takes its default).
mirror() {
  [ -z "${BELFRY_DEBIAN_MIRROR:-}" ] || { echo "$BELFRY_DEBIAN_MIRROR"; return; }
  apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Label: Debian' 2>/dev/null | head -n 1
}

inside() { chroot "$chroot.new" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }

make_chroot() {
  rm -rf --one-file-system "$chroot.new"
  # shellcheck disable=SC2046 # no mirror, no argument
  debootstrap --variant=minbase sid "$chroot.new" $(mirror)
  printf '#!/bin/sh\nexit 101\n' > "$chroot.new/usr/sbin/policy-rc.d"
  chmod 755 "$chroot.new/usr/sbin/policy-rc.d"
  # Fetch as this machine does (proxies, checks of dates).
  apt-config dump Acquire | grep -iE '^Acquire::(Check-|https?::Proxy)' > "$chroot.new/etc/apt/apt.conf.d/99machine" || true
  echo 'Acquire::Languages "none";' >> "$chroot.new/etc/apt/apt.conf.d/99machine"
  printf 'path-exclude=/usr/share/%s/*\n' doc man locale > "$chroot.new/etc/dpkg/dpkg.cfg.d/99small"
  mount -t proc proc "$chroot.new/proc"
  mount --bind /dev "$chroot.new/dev"
  printf 'matrix-synapse matrix-synapse/%s\n' 'server-name string localhost' 'report-stats boolean false' |
    inside debconf-set-selections
  inside apt-get update -qq
  inside apt-get install -y -qq --no-install-recommends matrix-synapse libeatmydata1
  inside apt-get clean
  inside dpkg-query -W -f '${Package} ${Version}\n' matrix-synapse > "$chroot.new/.synapse-ready"
  umount "$chroot.new/dev" "$chroot.new/proc"
  rm -rf --one-file-system "$chroot"
  mv "$chroot.new" "$chroot"
}

install() {
  possible
  mkdir -p "$cache"
  exec 9> "$cache/install.lock"
  flock -n 9 || { say "another process is installing Synapse; waiting for it"; flock 9; }
  [ ! -e "$chroot/.synapse-ready" ] || return 0
  if ! command -v debootstrap > /dev/null || [ ! -e /usr/share/keyrings/debian-archive-keyring.gpg ]; then
    command -v apt-get > /dev/null || cannot "needs debootstrap, and there is no apt-get to install it"
    say "installing debootstrap"
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends debootstrap debian-archive-keyring; } \
      > "$cache/install.log" 2>&1 || { tail -n 20 "$cache/install.log" >&2; say "debootstrap did not install"; exit 1; }
  fi
  say "installing into $chroot (500 MB, one to three minutes; once)"
  if ! apart sh -c "$BELFRY_SYNAPSE_SH" synapse.sh make-chroot > "$cache/install.log" 2>&1; then
    tail -n 20 "$cache/install.log" >&2
    say "the installation failed; all of its output is in $cache/install.log"
    exit 1
  fi
  say "installed: $(cat "$chroot/.synapse-ready")"
}

# As the first process of its namespace: whoever closes our stdin, willingly or by dying, ends Synapse.
serve() {
  mount -t proc proc "$chroot/proc"
  mount --bind /dev "$chroot/dev"
  mount --bind "$1" "$chroot/srv"
  exec 3<&0 < /dev/null
  cd /
  # A test's database need not survive a loss of power: eatmydata leaves fsync out.
  chroot --userspec=matrix-synapse "$chroot" env -i HOME=/srv PATH=/usr/bin:/bin LC_ALL=C.UTF-8 LD_PRELOAD=libeatmydata.so \
    /usr/bin/python3 -m synapse.app.homeserver -c /srv/homeserver.yaml 3<&- &
  synapse=$!
  { cat > /dev/null; kill -TERM "$synapse"; sleep 10; kill -KILL "$synapse"; } <&3 &
  wait "$synapse"
}

# The text of this script, so that it can start itself again inside a namespace also when it came as an argument.
BELFRY_SYNAPSE_SH=${BELFRY_SYNAPSE_SH:-$(cat "$0")}
export BELFRY_SYNAPSE_SH
case ${1:-} in
  install) install ;;
  run)
    [ -e "$chroot/.synapse-ready" ] || { say "not installed"; exit 1; }
    chown -R "$(awk -F: '$1 == "matrix-synapse" { print $3 }' "$chroot/etc/passwd")" "$2"
    # exec: whoever started us can end unshare by our process id, and all of it ends.
    exec unshare --mount --propagation private --pid --fork --kill-child -- sh -c "$BELFRY_SYNAPSE_SH" synapse.sh serve "$2"
    ;;
  make-chroot) make_chroot ;;
  serve) serve "$2" ;;
  *) sed -n '2,5s/^# //p' "$0" >&2; exit 2 ;;
esac

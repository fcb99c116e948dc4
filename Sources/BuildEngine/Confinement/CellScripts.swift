/// What the shell does while a cell comes into being. Constant text: what differs is handed over as arguments, in
/// quotes everywhere. Each part says with `at STEP` where it is, so that what fails can be told.
enum CellScripts {
  /// Waits until the id maps of the new user namespace are written; what it starts then has the namespace's powers.
  static let gate = #"""
    echo ready
    read -r go
    exec "$@"
    """#

  /// Mounts what the cell gets of this machine, over what it must not see, and goes on as what follows `--`. Run in
  /// a mount namespace of its own, by root before it gives up its powers, or by the cell's own root.
  /// Arguments: owner, owner of the work folder, staging folder, "tun" or "", then KIND SOURCE NAME ….
  static let mounts = #"""
    set -e
    umask 022
    echo at mounts
    owner=$1 worker=$2 stage=$3 tun=$4
    shift 4
    mount -t tmpfs -o mode=755,size=16m,nosuid tmpfs "$stage"
    top=$stage/acr-console
    mkdir "$top" "$top/secrets"
    : >"$top/net"
    printf '127.0.0.1\tlocalhost\n::1\tlocalhost\n' >"$top/hosts"
    while [ "$1" != -- ]; do
      case $1 in
        work)
          mkdir -p "$2/tmp"
          chown -h "$worker" "$2" "$2/tmp"
          ;;
        resolver) cat "$2" >"$top/resolv.conf" ;;
      esac
      if [ "$1" != resolver ]; then
        mkdir "$top/$3"
        mount --bind "$2" "$top/$3"
      fi
      shift 3
    done
    shift
    chown "$owner" "$top" "$top/net" "$top/hosts"
    chown "$worker" "$top/secrets"
    chmod 700 "$top/secrets"
    if [ "$tun" = tun ] && [ -c /dev/net/tun ]; then
      mknod -m 666 "$top/tun" c 10 200
      mount --bind "$top/tun" /dev/net/tun
    fi
    mount --bind "$top/hosts" /etc/hosts
    if [ ! -e "$top/resolv.conf" ] && [ -e /etc/resolv.conf ]; then
      # No resolver may be asked: without a word about one, programs don't try to reach this machine's.
      : >"$top/resolv.conf"
      mount --bind "$top/resolv.conf" /etc/resolv.conf
    fi
    mount --rbind "$stage" /run
    mount -t tmpfs -o mode=1777,size=64m,nosuid,nodev tmpfs /tmp
    if [ -e /run/acr-console/resolv.conf ] && [ ! -e /etc/resolv.conf ]; then
      target=$(readlink -m /etc/resolv.conf)
      mkdir -p "${target%/*}"
      cp /run/acr-console/resolv.conf "$target"
    fi
    exec "$@"
    """#

  /// The first process of the cell: closes the network, says that the cell is there, and lives as long as its
  /// standard input. It collects what nobody waits for. Arguments: rules of the network (none: it is left alone).
  static let first = #"""
    set -e
    read -r pid rest </proc/self/stat
    echo at proc
    mount -t proc -o nosuid,nodev,noexec proc /proc
    echo at cgroup2
    mount -t cgroup2 -o nosuid,nodev,noexec cgroup2 /sys/fs/cgroup
    if [ -n "$1" ]; then
      echo at net
      mount --bind /proc/self/ns/net /run/acr-console/net
      echo at nft
      printf '%s' "$1" | nft -f -
      ip link set lo up
    fi
    echo "up $pid"
    exec >/dev/null 2>&1
    cat
    exit
    """#

  /// Puts itself into control groups and goes on as what follows `--`, as the first that the kernel ends where memory
  /// runs out. Arguments: files of the control groups.
  static let join = #"""
    while [ "$1" != -- ]; do
      echo 0 >"$1"
      shift
    done
    shift
    echo 500 >/proc/self/oom_score_adj
    exec "$@"
    """#

  /// Gives the closed network its interface, and tries that it is closed. For bash, which can connect by itself.
  /// Arguments: interface, then the canaries: FAMILY ADDRESS PORT ….
  static let tryNetwork = #"""
    interface=$1
    shift
    for ((i = 0; i < 1000; i++)); do
      while read -r name _; do [[ $name == "$interface:"* ]] && break 2; done </proc/net/dev
      sleep 0.003
    done
    ip -force -batch - || { echo "at addresses"; exit 1; }
    while [[ $# -ge 3 ]]; do
      if answer=$( { exec 3<>"/dev/tcp/$2/$3"; } 2>&1 ); then answer=connected; fi
      echo "canary $1 ${answer//$'\n'/ }"
      shift 3
    done
    exec nft -j list table inet acr
    """#

  /// Changes the rules of the network and reads them back.
  static let changeRules = #"""
    nft -f - && exec nft -j list table inet acr
    """#

  /// Keeps its standard input as a file that only its owner can read. Arguments: path.
  static let keep = #"""
    umask 077
    exec cat >"$1"
    """#
}

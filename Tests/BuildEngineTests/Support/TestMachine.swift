import Glibc
import Testing

@testable import BuildEngine

/// A machine of the test's own: network namespaces of a machine and of what it reaches, joined by a wire, in which
/// this same test program runs some of its tests, as root or as an ordinary user. Nothing of it is seen outside.
///
/// The machine is 10.78.0.1 and fd78::1. It reaches 10.78.0.2, .3 and .9 and fd78::2 and ::9; all of these, and the
/// machine itself, answer to HTTP at port 8000, and at 8001 too. 127.0.0.1:7001 answers on the machine.
struct TestMachine: Sendable, CustomTestStringConvertible {
  enum User: String, Sendable { case root, user }
  let user: User
  /// Whether the machine has a default route.
  let hasRoute: Bool

  var testDescription: String { "\(user.rawValue), \(hasRoute ? "with" : "without") a default route" }

  static let all = [
    TestMachine(user: .root, hasRoute: true), TestMachine(user: .root, hasRoute: false),
    TestMachine(user: .user, hasRoute: true),
  ]

  /// Whether this process runs in one.
  static var isInside: Bool { getenv("ACR_TEST_MACHINE") != nil }
  static var isRoot: Bool { geteuid() == 0 }

  /// Why none can be made here; nil where one can.
  static var obstacle: String? {
    if geteuid() != 0 { return "wants root, to make network namespaces" }
    if !ConfinedBuild.canBuild { return "wants \(ConfinedBuild.missing.joined(separator: ", ")), busybox-static" }
    if Probe.compiler == nil { return "wants a C compiler" }
    if access("/dev/net/tun", F_OK) != 0 { return "wants /dev/net/tun" }
    return nil
  }

  private static let script = #"""
    set -e
    route=$1 user=$2 folder=$3
    shift 3
    coproc other { exec unshare --net cat; }
    for ((i = 0; i < 500; i++)); do
      [[ $(readlink /proc/$other_PID/ns/net) != $(readlink /proc/self/ns/net) ]] && break
      sleep 0.01
    done
    there="nsenter --net=/proc/$other_PID/ns/net"
    ip link set lo up
    ip link add m0 type veth peer name s0 netns $other_PID
    ip addr add 10.78.0.1/24 dev m0
    ip addr add fd78::1/64 dev m0 nodad
    ip link set m0 up
    $there ip link set lo up
    for a in 2 3 9; do
      $there ip addr add 10.78.0.$a/24 dev s0
      $there ip addr add fd78::$a/64 dev s0 nodad
    done
    $there ip link set s0 up
    if [[ $route = yes ]]; then
      ip route add default via 10.78.0.2
      ip -6 route add default via fd78::2
    fi
    # As Debian's udev makes it: for everybody.
    mkdir -p "$folder/dev"
    mount -t tmpfs -o mode=755 none "$folder/dev"
    mknod -m 666 "$folder/dev/tun" c 10 200
    mount --bind "$folder/dev/tun" /dev/net/tun
    mkdir -p "$folder/www"
    echo REACHED >"$folder/www/index.html"
    servers=()
    for port in 8000 8001; do
      $there busybox httpd -f -p "[::]:$port" -h "$folder/www" & servers+=($!)
      busybox httpd -f -p "[::]:$port" -h "$folder/www" & servers+=($!)
    done
    busybox httpd -f -p 127.0.0.1:7001 -h "$folder/www" & servers+=($!)
    trap 'kill "${servers[@]}"' EXIT
    run=()
    if [[ $user = user ]]; then
      for f in passwd group subuid subgid; do cat /etc/$f >"$folder/$f" 2>/dev/null || : >"$folder/$f"; done
      echo "acrtest:x:77001:77001::$folder/home:/bin/sh" >>"$folder/passwd"
      echo "acrtest:x:77001:" >>"$folder/group"
      echo acrtest:700000000:65536 | tee -a "$folder/subuid" >>"$folder/subgid"
      for f in passwd group subuid subgid; do [[ -e /etc/$f ]] && mount --bind "$folder/$f" /etc/$f; done
      mkdir "$folder/home"
      chown 77001:77001 "$folder/home"
      run=(setpriv --reuid 77001 --regid 77001 --clear-groups --inh-caps=-all)
    else
      mkdir "$folder/home"
    fi
    chmod 700 "$folder/home"
    status=0
    env -i PATH="$PATH" HOME="$folder/home" ACR_TEST_MACHINE="$user" ACR_TEST_FOLDER="$folder/home" \
      ${LD_LIBRARY_PATH:+LD_LIBRARY_PATH="$LD_LIBRARY_PATH"} "${run[@]}" "$@" </dev/null || status=$?
    exit $status
    """#

  /// Runs the tests of suites whose names match, in this machine.
  /// - Returns: how they ended, and all that they said.
  func run(_ filter: String) async throws -> (end: ProgramEnd, text: String) {
    let place = try TestFolder(public: true)
    var environment = Programs.environment
    if let path = getenv("LD_LIBRARY_PATH") { environment["LD_LIBRARY_PATH"] = String(cString: path) }
    let own = try #require(realpath("/proc/self/exe", nil))
    defer { free(own) }
    let text = Kept(limit: 4 << 20)
    let end = try await HostPrograms().run(
      ProgramCall(
        try Programs.need("unshare"),
        [
          "--net", "--mount", "--propagation", "private", try Programs.need("bash"), "-c", Self.script, "bash",
          hasRoute ? "yes" : "no", user.rawValue, place.path, String(cString: own), "--testing-library",
          "swift-testing", "--no-parallel", "--filter", filter,
        ], environment: environment, limit: .seconds(600))
    ) { text.take($0) }
    return (end, String(decoding: text.bytes, as: UTF8.self))
  }
}

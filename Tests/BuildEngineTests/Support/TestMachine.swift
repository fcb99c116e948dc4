import Glibc
import Testing

@testable import BuildEngine

/// A machine of the test's own: network namespaces of a machine and of what it reaches, joined by a wire, in which
/// this same test program runs some of its tests, as root or as an ordinary user. Nothing of it is seen outside.
///
/// The machine is 10.78.0.1 and fd78::1. It reaches 10.78.0.2, .3, .4 and .9 and fd78::2, ::3, ::4 and ::9, each in a
/// namespace of its own; .2, .3, .9 and the machine itself answer to HTTP at port 8000, and at 8001 too. 127.0.0.1:7001
/// answers on the machine.
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
    started=()
    trap 'kill "${started[@]}"' EXIT
    ip link set lo up
    # Each place in a network namespace of its own, at the end of a wire of its own.
    declare -A there
    for a in 2 3 4 9; do
      unshare --net setpriv --pdeathsig KILL sleep infinity & started+=($!)
      there[$a]="nsenter --net=/proc/$!/ns/net"
      for ((i = 0; i < 500; i++)); do
        [[ $(readlink /proc/$!/ns/net) != "$(readlink /proc/self/ns/net)" ]] && break
        sleep 0.01
      done
      ip link add m$a type veth peer name s0 netns $!
      ip addr add 10.78.0.1 peer 10.78.0.$a dev m$a
      ip addr add fd78::1/128 dev m$a nodad
      ip link set m$a up
      ip -6 route add fd78::$a dev m$a
      ${there[$a]} ip link set lo up
      ${there[$a]} ip addr add 10.78.0.$a peer 10.78.0.1 dev s0
      ${there[$a]} ip addr add fd78::$a/128 dev s0 nodad
      ${there[$a]} ip link set s0 up
      ${there[$a]} ip -6 route add fd78::1 dev s0
    done
    there[1]=
    if [[ $route = yes ]]; then
      ip route add default via 10.78.0.2 dev m2
      ip -6 route add default via fd78::2 dev m2
    fi
    # As Debian's udev makes it: for everybody.
    mkdir -p "$folder/dev"
    mount -t tmpfs -o mode=755 none "$folder/dev"
    mknod -m 666 "$folder/dev/tun" c 10 200
    mount --bind "$folder/dev/tun" /dev/net/tun
    mkdir -p "$folder/www"
    echo REACHED >"$folder/www/index.html"
    for a in 1 2 3 9; do
      for port in 8000 8001; do
        ${there[$a]} busybox httpd -f -p "[::]:$port" -h "$folder/www" & started+=($!)
      done
    done
    busybox httpd -f -p 127.0.0.1:7001 -h "$folder/www" & started+=($!)
    # Servers that the test brings: ADDRESS PORT NUMBER-OF-WORDS WORD…; those that end with their input don't.
    exec {life}<> <(:)
    while [[ $1 != -- ]]; do
      a=$1 port=$2 words=("${@:4:$3}")
      shift $((3 + $3))
      ${there[$a]} "${words[@]}" <&$life & started+=($!)
      for ((i = 0; i < 1000; i++)); do
        (: <>/dev/tcp/10.78.0.$a/$port) 2>/dev/null && break
        sleep 0.01
      done
      (: <>/dev/tcp/10.78.0.$a/$port)
    done
    shift
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
      ${LD_LIBRARY_PATH:+LD_LIBRARY_PATH="$LD_LIBRARY_PATH"} "${run[@]}" env "$@" </dev/null {life}>&- || status=$?
    exit $status
    """#

  /// A program that answers at one of the addresses that a machine reaches: 10.78.0.`address`.
  struct Server {
    var address: Int
    var port: Int
    var command: [String]
  }

  /// Runs the tests of suites whose names match, in this machine: they pass, or what failed of them fails here.
  /// - Parameters:
  ///   - servers: who answers to it, beside those that always do.
  ///   - more: what the tests have in their environment.
  func passes(_ filter: String, servers: [Server] = [], environment more: [String: String] = [:]) async throws {
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
          hasRoute ? "yes" : "no", user.rawValue, place.path,
        ] + servers.flatMap { ["\($0.address)", "\($0.port)", "\($0.command.count)"] + $0.command } + ["--"]
          + more.map { "\($0.key)=\($0.value)" } + [
            String(cString: own), "--testing-library", "swift-testing", "--no-parallel", "--filter", filter,
          ], environment: environment, limit: .seconds(600))
    ) { text.take($0) }
    let said = String(decoding: text.bytes, as: UTF8.self)
    // Its tables, what passed and what failed, as if they were told here.
    for line in said.split(separator: "\n") where "|✔✘".contains(line.first ?? " ") { print(line) }
    #expect(end == .exited(0), "\(self): \(said)")
    #expect(said.contains("passed after"))
  }
}

import SecureBuild
import Testing

@testable import BuildEngine

@Suite("A cell's network", .serialized, .enabled(if: TestMachine.isInside, "runs in machines of its own: MachineTests"))
struct InsideNetworkTests {
  private func endpoint(_ ip: String, _ port: Int? = nil) throws -> AllowedEndpoint {
    AllowedEndpoint(ip: try #require(IPAddress(ip)), port: port, label: "")
  }

  /// What a connection from inside is told.
  private func fetch(_ url: String, _ build: ConfinedBuild) async throws -> String {
    let answer = try await build.confinement.programs.capture(
      ProgramCall(TestBaseImage.busybox, ["wget", "-q", "-O", "-", url], limit: .seconds(8)))
    return (answer.text + answer.errorText).split(separator: "\n").first.map(String.init) ?? "\(answer.end)"
  }

  @Test("Lets out to what is allowed, at its port, over both protocols, and to nothing else")
  func allowed() async throws {
    let place = try TestFolder()
    try await ConfinedBuild.with(place) { build in
      #expect(try await build.confinement.refused().isEmpty, "the canary isn't told")
      try await build.confinement.allow([
        endpoint("10.78.0.2", 8000), endpoint("10.78.0.3"), endpoint("fd78::2", 8000), endpoint("10.78.0.1", 8000),
        endpoint("fd78::1", 8000),
      ])
      for url in [
        "http://10.78.0.2:8000/", "http://10.78.0.3:8000/", "http://10.78.0.3:8001/", "http://[fd78::2]:8000/",
        "http://10.78.0.1:8000/", "http://[fd78::1]:8000/",
      ] { #expect(try await fetch(url, build) == "REACHED", "\(url)") }
      for url in [
        "http://10.78.0.2:8001/", "http://10.78.0.9:8000/", "http://10.78.0.9:8000/", "http://[fd78::9]:8000/",
        "http://[fd78::2]:8001/", "http://10.78.0.1:8001/", "http://169.254.169.254/", "http://127.0.0.1:7001/",
        "http://127.0.0.1:8000/", "http://[::1]:8000/",
      ] { #expect(try await fetch(url, build).contains("Connection refused"), "\(url)") }
      let refused = try await build.confinement.refused()
      #expect(
        refused.map { "\($0.ip) \($0.port ?? 0) \($0.protocol) \($0.count)" } == [
          "10.78.0.9 8000 tcp 2", "10.78.0.1 8001 tcp 1", "10.78.0.2 8001 tcp 1", "169.254.169.254 80 tcp 1",
          "fd78::2 8001 tcp 1", "fd78::9 8000 tcp 1",
        ])
    }
  }

  /// Rules that fall short in one thing each, and what is seen of that.
  static let notClosedRules = [
    (
      "something is allowed from the start",
      NetworkRules.closed.replacing(
        "all4 { type ipv4_addr; }", with: "all4 { type ipv4_addr; elements = { 10.78.0.9 } }"),
      "sets: "
    ),
    (
      "what is refused isn't recorded",
      NetworkRules.closed.split(separator: "\n").filter { !$0.contains("update @no4") }.joined(separator: "\n") + "\n",
      "canary 4 "
    ),
    (
      "IPv6 is answered by somebody else",
      NetworkRules.closed.replacing(
        "ip daddr @all4 accept\n    ip6", with: "ip6 daddr ::/0 tcp dport 9 reject with icmpv6 no-route\n    ip6"),
      "canary 6 "
    ),
  ]

  @Test("Is never taken for closed where it isn't", arguments: notClosedRules)
  func notClosed(_ what: String, _ rules: String, _ seen: String) async throws {
    try #require(rules != NetworkRules.closed)
    let place = try TestFolder(public: true)
    let folder = place.path + "/cell"
    try HostFile.makeFolder(folder, mode: 0o711)
    let folders = CellFolders(folder: folder, cache: nil)
    try folders.make()
    let cell = try await Cell.open(CellIds.find(), mounts: folders.mounts, rules: rules, limits: .none)
    let failure = await #expect(throws: BuildFailure.self) {
      _ = try await CellNetwork.open(
        CellPrograms(cell: cell, limits: .none, id: 0), reachesOut: true, avoiding: [])
    }
    await cell.close()
    await CellFolders.remove(below: folder)
    #expect(failure?.code == Code.networkNotClosed.rawValue && failure?.stage == .prepare, "\(what)")
    #expect(failure?.message.en.contains(seen) == true, "\(failure as Any)")
  }

  @Test("That was changed by anybody else is used no more")
  func changed() async throws {
    let place = try TestFolder()
    try await ConfinedBuild.with(place) { build in
      let answer = try await build.confinement.asOwner.capture(
        ProgramCall(try Programs.need("nft"), ["insert", "rule", "inet", "acr", "out", "accept"]))
      #expect(answer.end.isSuccess, "\(answer.errorText)")
      let failure = await #expect(throws: BuildFailure.self) { try await build.confinement.allow([]) }
      #expect(failure?.code == Code.networkNotClosed.rawValue)
      #expect(failure?.message.en.contains("rules: ") == true)
    }
  }

  @Test("Records what has no port, and datagrams")
  func others() async throws {
    let place = try TestFolder()
    try await ConfinedBuild.with(place) { build in
      // The owner of the network may make raw sockets, which ping wants.
      _ = try await build.confinement.asOwner.capture(
        ProgramCall(TestBaseImage.busybox, ["ping", "-c", "1", "-W", "1", "10.78.0.9"], limit: .seconds(8)))
      _ = try await build.confinement.programs.capture(
        ProgramCall(TestBaseImage.busybox, ["nslookup", "gitlab.example", "10.78.0.9"], limit: .seconds(8)))
      let refused = try await build.confinement.refused()
      #expect(refused.contains { $0.protocol == "icmp" && $0.port == nil && "\($0.ip)" == "10.78.0.9" })
      #expect(refused.contains { $0.protocol == "udp" && $0.port == 53 && "\($0.ip)" == "10.78.0.9" })
    }
  }

  @Test("Forgets what was allowed before, connections that are open included")
  func forgets() async throws {
    let place = try TestFolder()
    try await ConfinedBuild.with(place) { build in
      try await build.confinement.allow([endpoint("10.78.0.2")])
      let open = Kept(limit: 1000)
      // Says something, waits to be told, and asks on the same connection.
      let script = #"""
        exec 3<>/dev/tcp/10.78.0.2/8000
        echo open
        while [ ! -e /run/acr-console/work/tmp/go ]; do sleep 0.01; done
        printf 'GET / HTTP/1.0\r\n\r\n' >&3
        timeout 2 cat <&3 || echo cut
        """#
      async let asked = build.confinement.programs.run(
        ProgramCall(try Programs.need("bash"), ["-c", script], limit: .seconds(20))
      ) { open.take($0) }
      while !String(decoding: open.bytes, as: UTF8.self).contains("open") {
        try await Task.sleep(for: .milliseconds(5))
      }
      try await build.confinement.allow([endpoint("10.78.0.3")])
      _ = try await build.confinement.programs.capture(
        ProgramCall(try Programs.need("sh"), ["-c", ": >/run/acr-console/work/tmp/go"]))
      _ = try await asked
      let said = String(decoding: open.bytes, as: UTF8.self)
      #expect(!said.contains("REACHED"), "\(said)")
      #expect(try await fetch("http://10.78.0.3:8000/", build) == "REACHED")
    }
  }

  @Test("Refuses to go on where its rules aren't as they were")
  func tampered() async throws {
    let place = try TestFolder()
    try await ConfinedBuild.with(place) { build in
      let nft = try Programs.need("nft")
      let change = try await build.confinement.asOwner.capture(
        ProgramCall(nft, ["insert", "rule", "inet", "acr", "out", "accept"]))
      #expect(change.end.isSuccess, "\(change.errorText)")
      await #expect(throws: BuildFailure.self) { try await build.confinement.allow([]) }
    }
  }

  @Test("Resolves the names that it was given, and no others")
  func names() async throws {
    let place = try TestFolder()
    try await ConfinedBuild.with(place) { build in
      try await build.confinement.allow([endpoint("10.78.0.2")])
      let address = try #require(IPv4Address("10.78.0.2"))
      try await build.confinement.name([HostEntry(name: "gitlab.corp.example", ip: address)])
      #expect(try await fetch("http://gitlab.corp.example:8000/", build) == "REACHED")
      #expect(try await fetch("http://other.corp.example:8000/", build).contains("bad address"))
      #expect(try await build.confinement.refused().isEmpty)
    }
  }

  @Test("Reaches a companion at its address, and it ends with the cell")
  func companions() async throws {
    let place = try TestFolder()
    let address = try #require(IPv4Address("10.99.0.5"))
    let companion = NetworkCompanion(
      address: .v4(address), program: "/bin/sh",
      arguments: [
        "-c",
        #"mkdir -p "$1"; echo COMPANION >"$1/index.html"; busybox httpd -f -p 10.99.0.5:8000 -h "$1" & cat; kill $!"#,
        "sh", place.path + "/companion",
      ])
    let network = BuildNetwork.confined(gitLab: .v4(address), others: [], hosts: [])
    let traces = try await ConfinedBuild.with(place, network: network, companions: [companion]) { build in
      #expect(try await fetch("http://10.99.0.5:8000/", build).contains("Connection refused"))
      try await build.confinement.allow([endpoint("10.99.0.5", 8000)])
      #expect(try await fetch("http://10.99.0.5:8000/", build) == "COMPANION")
      #expect(try await fetch("http://10.99.0.5:8001/", build).contains("Connection refused"))
      #expect(try await fetch("http://198.51.100.99/", build).contains("Connection refused"))
      return Traces(of: build.confinement)
    }
    #expect(try await traces.left(within: .seconds(20)) == [])
  }

  @Test("Is this machine's own where the network type is Internet")
  func open() async throws {
    let place = try TestFolder()
    try await ConfinedBuild.with(place, network: .open) { build in
      #expect(try await fetch("http://10.78.0.9:8000/", build) == "REACHED")
      try await build.build(
        """
        FROM base:1
        RUN wget -q -O - http://10.78.0.9:8000/ && ls -l /proc/self/fd
        """)
      #expect(build.text.contains("REACHED"))
    }
  }
}

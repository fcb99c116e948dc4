import FlatFiles
import Foundation
import Spawning

@testable import SecureBuild

/// A workspace with a bound link, and what a probe script of it prints.
struct ProbeScene {
  let world: World
  let link: Link

  init() async throws {
    world = try World()
    link = try world.link {
      $0.hosts = [HostEntryDraft("gitlab.corp.example=192.168.10.20")]
      $0.allowedIps = [AllowedIpDraft("192.168.10.30=Maven")]
    }
    _ = try await world.workspace.bind(world.binding(over: link))
  }

  /// What a script prints on a machine in the vSwitch from which GitLab can't be reached.
  var lines: [String] {
    [
      "acr-console-probe\t1", "instance\t\(world.instance.id)", "link\t\(link.id)", "host\tecs-1",
      "source\t192.168.10.7",
      "time\t2026-11-24T11:00:00Z", "missing\topenssl",
      "try\t192.168.10.20\t443\tname\tpassed\t3\t192.168.10.20",
      "try\t192.168.10.20\t443\tconnect\ttimeout\t5001\t(28) Timeout was reached",
      "try\t192.168.10.30\t-\tconnect\tuntried\t-\tno port is known", "end\t10",
    ]
  }

  @discardableResult
  func read(_ lines: [String], dryRun: Bool = false) throws -> (probe: Probe, taken: ProbeTaking) {
    try read(Array((lines.joined(separator: "\n") + "\n").utf8), dryRun: dryRun)
  }

  @discardableResult
  func read(_ bytes: [UInt8], dryRun: Bool = false) throws -> (probe: Probe, taken: ProbeTaking) {
    try world.workspace.readProbe(try ProbeOutput(reading: bytes, name: "probe.txt"), dryRun: dryRun)
  }

  /// Puts the link's addresses on loopback, where no link of a person's may be.
  func moved(gitLab: IPv4Address, allowed: [IPv4Address]) throws -> Link {
    var moved = link
    moved.gitLabIntranetIp = gitLab
    moved.allowedIps = allowed.map { AllowedIp(ip: $0) }
    moved.hosts = []
    _ = try world.workspace.store.commit(by: "anna@bastion", as: "link edit", at: "2026-11-24T12:00:00.000Z") {
      try $0.put(.link, moved.id, moved)
    }
    return moved
  }

  /// Runs a script by a shell, beside servers at one address and silence at another.
  func run(
    _ script: ProbeScript, by shell: [String] = ["/bin/sh"], answering: IPv4Address, silent: IPv4Address,
    path: String = "/usr/local/bin:/usr/bin:/bin:/usr/sbin"
  ) throws -> (status: Int32, output: String) {
    let file = world.folder + "-probe.sh"
    try Data(script.text.utf8).write(to: URL(filePath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    // The servers need their own programs, whatever the script may have.
    return try Spawn.run(
      [
        "/usr/bin/python3", "-c", String(decoding: PackageResources.loopback_py, as: UTF8.self), "\(answering)",
        "\(silent)", "/usr/bin/env", "PATH=\(path)",
      ] + shell + [file],
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin", "http_proxy": "http://127.0.0.1:1"])
  }

  /// An address of loopback that no other test has.
  static func loopback() -> IPv4Address { IPv4Address(bits: 127 << 24 | UInt32.random(in: 1 << 16..<1 << 24)) }
}

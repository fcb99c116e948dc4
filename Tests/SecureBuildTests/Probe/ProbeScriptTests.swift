import FlatFiles
import Foundation
import Spawning
import Testing

@testable import SecureBuild

@Suite("A probe script, run where it is meant to")
struct ProbeScriptTests {
  private func steps(_ probe: Probe, to ip: IPv4Address) -> [String] {
    probe.tries.filter { $0.ip == ip }.map {
      "\($0.port.map(String.init) ?? "-") \($0.step.word) \($0.outcome.word)"
    }
  }

  @Test("by sh against real servers: what it prints is read back, and a silent address is a time-out, no verdict")
  func real() async throws {
    let scene = try await ProbeScene()
    let (gitLab, silent) = (ProbeScene.loopback(), ProbeScene.loopback())
    let link = try scene.moved(gitLab: gitLab, allowed: [silent])
    let reading = try scene.world.workspace.state()
    let before = try reading.path(of: link.instanceId)
    let script = try reading.probeScript(
      of: link.instanceId, address: "https://gitlab.corp.example:8443/git",
      ports: ["\(gitLab):8080", "\(gitLab):8081", "\(gitLab):1", "\(silent):8080"])
    let (status, printed) = try scene.run(script, answering: gitLab, silent: silent)
    #expect(status == 0, "\(printed)")
    // The clock of this machine is real, the workspace's stands still.
    scene.world.clock.set("2999-01-01T00:00:00Z")
    let probe = try scene.read(Array(printed.utf8)).probe
    #expect(
      steps(probe, to: gitLab) == [
        "8443 name failed", "8443 connect passed", "8443 tls failed", "8443 http passed", "1 connect refused",
        "8080 connect passed", "8081 connect passed",
      ], "\(printed)")
    #expect(steps(probe, to: silent) == ["8080 connect timeout"], "\(printed)")
    let tls = try #require(probe.tries.first { $0.step == .tls })
    #expect(tls.detail.contains("self-signed certificate") && tls.detail.contains("gitlab.corp.example"), "\(tls)")
    #expect(probe.tries.first { $0.step == .http }?.detail == "HTTP 302")
    #expect(probe.tries.allSatisfy { $0.milliseconds != nil }, "\(printed)")
    #expect(probe.tries.first { $0.outcome == .timedOut }?.milliseconds ?? 0 >= 5000)
    #expect(probe.source == .v4(IPv4Address(bits: 127 << 24 | 1)) && probe.missing.isEmpty && !probe.host.isEmpty)
    let after = try scene.world.workspace.state().path(of: link.instanceId)
    #expect(after.findings == before.findings)
    #expect(after.tried.map(\.ip).contains(silent) && after.tried.first { $0.ip == silent }?.isPassed == false)
  }

  @Test("on a machine that has next to nothing: it says what is missing, and its output is still whole")
  func bare() async throws {
    let scene = try await ProbeScene()
    let (gitLab, silent) = (ProbeScene.loopback(), ProbeScene.loopback())
    let link = try scene.moved(gitLab: gitLab, allowed: [silent])
    let script = try scene.world.workspace.state().probeScript(of: link.instanceId)
    let programs = scene.world.folder + "-programs"
    try FileManager.default.createDirectory(atPath: programs, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: programs) }
    for name in ["cut", "date", "sort", "tr", "uname"] {
      let whole = try #require(["/usr/bin/", "/bin/"].map { $0 + name }.first(where: FileManager.default.fileExists))
      try FileManager.default.createSymbolicLink(atPath: "\(programs)/\(name)", withDestinationPath: whole)
    }
    let (status, printed) = try scene.run(script, answering: gitLab, silent: silent, path: programs)
    #expect(status == 0, "\(printed)")
    scene.world.clock.set("2999-01-01T00:00:00Z")
    let probe = try scene.read(Array(printed.utf8)).probe
    #expect(probe.missing == ["curl", "getent", "openssl", "ip"] && probe.source == nil, "\(printed)")
    #expect(steps(probe, to: gitLab) == ["443 name untried", "443 connect untried"])
    #expect(steps(probe, to: silent) == ["- connect untried"])
  }

  @Test("it holds no token, nor where it lies, and what is in it is quoted")
  func text() async throws {
    let scene = try await ProbeScene()
    let script = try scene.world.workspace.state().probeScript(of: scene.link.instanceId)
    for secret in [World.token, "PLANTED"] + scene.world.secrets { #expect(!script.text.contains(secret)) }
    #expect(script.text.contains("gitlab 192.168.10.20 443 https 'gitlab.corp.example' ''"))
    #expect(script.text.contains("portless 192.168.10.30"))
    var link = scene.link
    link.id = "link-'$(touch /tmp/x)\n'"
    let odd = ProbeScript(link: link, gitLab: nil, ports: [:])
    #expect(odd.text.contains(#"link='link-'\''$(touch /tmp/x)'\'''"# + "\n"))
    for text in [script.text, odd.text] {
      let file = scene.world.folder + "-\(UUID().uuidString).sh"
      try Data(text.utf8).write(to: URL(filePath: file))
      defer { try? FileManager.default.removeItem(atPath: file) }
      for shell in ["/bin/dash", "/bin/sh"] where FileManager.default.fileExists(atPath: shell) {
        let (status, said) = try Spawn.run([shell, "-n", file], environment: [:])
        #expect(status == 0 && said.isEmpty, "\(shell): \(said)")
      }
    }
  }

  @Test("ports that an imported SLB listens at are tried, of this VPC alone")
  func listeners() async throws {
    let scene = try await ProbeScene()
    _ = try scene.world.workspace.store.commit(by: "a@b", as: "import", at: "2026-11-24T12:00:00.000Z") { transaction in
      for (id, vpc, port) in [("lb-1", scene.link.vpcId, 8081), ("lb-2", "vpc-other", 9999)] {
        let json = try #require(
          JSONValue(
            text:
              #"{"LoadBalancerId":"\#(id)","VpcId":"\#(vpc)","Address":"192.168.10.30","Listeners":{"Listener":[{"ListenerPort":\#(port)}]}}"#
          ))
        try transaction.put(.loadBalancer, id, json: json)
      }
    }
    let text = try scene.world.workspace.state().probeScript(of: scene.link.instanceId).text
    #expect(text.contains("\nother 192.168.10.30 8081\n") && !text.contains("9999") && !text.contains("\nportless 1"))
  }

  @Test(
    "what makes no sense is refused",
    arguments: [
      ("192.168.10.30", Code.invalidIp), ("192.168.10.30:0", .invalidIp), ("192.168.10.30:x", .invalidIp),
      ("192.168.10.31:80", .addressNotAllowed), ("", .invalidIp),
    ])
  func refusedPort(_ port: String, _ code: Code) async throws {
    let scene = try await ProbeScene()
    let reading = try scene.world.workspace.state()
    #expect(refused { _ = try reading.probeScript(of: scene.link.instanceId, ports: [port]) }?.code == code)
    #expect(refused { _ = try reading.probeScript(of: scene.link.instanceId, link: "nope") }?.code == .noSuchLink)
  }

  @Test("a training workspace's addresses are nobody's: no script, and nothing to read back")
  func training() throws {
    let world = try World(.training)
    #expect(refused { _ = try world.workspace.state().probeScript(of: world.instance.id) }?.code == .ownOnly)
  }
}

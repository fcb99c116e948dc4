import FlatFiles
import Testing

@testable import SecureBuild

@Suite("What a probe script printed, read back")
struct ProbeOutputTests {
  @Test("it is stored as tried from there: once, in one change; again it changes nothing more")
  func stored() async throws {
    let scene = try await ProbeScene()
    let before = try scene.world.contents()
    #expect(try scene.read(scene.lines, dryRun: true).taken == .stored)
    #expect(try scene.world.contents() == before)
    let (probe, taken) = try scene.read(scene.lines)
    #expect(taken == .stored && probe.provenance.known == .tried && probe.provenance.from == "ecs-1")
    #expect(probe.source?.description == "192.168.10.7" && probe.missing == ["openssl"] && probe.tries.count == 3)
    let once = try scene.world.contents()
    let lines = String(decoding: once.dropFirst(before.count), as: UTF8.self)
    #expect(lines.split(separator: "\n").count == 1 && lines.contains("gitlab probe-read"))
    for text in [scene.lines, scene.lines.map { $0 + "\r" }, ["\u{feff}" + scene.lines[0]] + scene.lines.dropFirst()] {
      #expect(try scene.read(text).taken == .knownAlready)
    }
    let reading = try scene.world.workspace.state()
    #expect(try scene.world.contents() == once)
    #expect(try reading.probes(of: scene.link.instanceId) == [probe] && reading.isInVSwitch(probe) == true)
    #expect(try scene.world.workspace.unreadableRecords().isEmpty)
  }

  @Test("of one machine the newest stands; another machine's stands beside it; both go with the link")
  func newest() async throws {
    let scene = try await ProbeScene()
    try scene.read(scene.lines)
    let older = scene.lines.map { $0.replacing("T11:00", with: "T10:00") }
    #expect(try scene.read(older).taken == .olderThanKnown)
    let newer = scene.lines.map { $0.replacing("T11:00", with: "T11:30").replacing("timeout", with: "refused") }
    #expect(try scene.read(newer).taken == .stored)
    try scene.read(older.map { $0.replacing("ecs-1", with: "ecs-2") })
    let workspace = scene.world.workspace
    let probes = try workspace.state().probes(link: scene.link.id)
    #expect(probes.map(\.host) == ["ecs-1", "ecs-2"] && probes[0].tries[1].outcome == .refused)
    _ = try workspace.unbind(scene.link.instanceId)
    _ = try workspace.deleteLink(scene.link.id)
    #expect(try workspace.state().probes().isEmpty)
  }

  @Test(
    "a time-out or a pass leaves every computed hop as it was, and stands beside it", arguments: ["timeout", "passed"])
  func apart(outcome: String) async throws {
    let scene = try await ProbeScene()
    let instance = scene.link.instanceId
    let before = try scene.world.workspace.state().path(of: instance)
    let inbound = before.findings.filter { $0.rule == .ecsInbound }
    #expect(!inbound.isEmpty && inbound.allSatisfy { $0.verdict == .unknown })
    try scene.read(scene.lines.map { $0.replacing("timeout", with: outcome) })
    let after = try scene.world.workspace.state().path(of: instance)
    #expect(after.findings == before.findings && after.verdict == before.verdict)
    let tried = try #require(after.tried.first { $0.place == "ecs-1 (192.168.10.7)" })
    #expect(tried.isPassed == (outcome == "passed") && tried.words.en.contains("connect:443"))
    #expect(Phrase.notExercised.en.contains("100.104.0.0/16") && Phrase.notExercised.zh.contains("100.104.0.0/16"))
  }

  @Test("what comes from outside is stripped of control characters, and bounded")
  func hostile() async throws {
    let scene = try await ProbeScene()
    var lines = scene.lines
    lines[3] = "host\te\u{1b}[31mcs\u{9b}" + String(repeating: "x", count: 4000)
    lines[8] = "try\t192.168.10.20\t443\tconnect\tfailed\t1\t\u{1b}]0;title\u{7}" + String(repeating: "y", count: 4000)
    let probe = try scene.read(lines).probe
    #expect(probe.host.hasPrefix("e[31mcsx") && probe.host.count == 255)
    #expect(probe.tries[1].detail.hasPrefix("]0;titley") && probe.tries[1].detail.count == 200)
    let before = try scene.world.contents()
    let long = Array(String(repeating: "x", count: ProbeOutput.mostBytes + 1).utf8)
    #expect(refused { _ = try scene.read(long) }?.code == .invalidProbe)
    #expect(try scene.world.contents() == before)
  }

  struct Broken: Sendable, CustomTestStringConvertible {
    let what: String
    let place: String
    let change: @Sendable (inout [String]) -> Void
    var testDescription: String { what }

    init(_ what: String, at place: String, _ change: @escaping @Sendable (inout [String]) -> Void) {
      (self.what, self.place, self.change) = (what, place, change)
    }
  }

  static let broken: [Broken] = [
    Broken("nothing", at: "2:1") { $0 = [] },
    Broken("something else", at: "1:1") { $0 = ["{\"Vpcs\": {}}"] },
    Broken("a later version", at: "1:19") { $0[0] = "acr-console-probe\t2" },
    Broken("torn in its head", at: "4:1") { $0 = Array($0.prefix(3)) },
    Broken("torn in its tries", at: "10:1") { $0 = Array($0.prefix(9)) },
    Broken("torn within a line", at: "9:1") { $0 = Array($0.prefix(8)) + ["try\t192.168.10.20\t443\tconn"] },
    Broken("without a line of its middle", at: "10:5") { $0.remove(at: 8) },
    Broken("with more after its end", at: "12:1") { $0.append("try\t192.168.10.20\t443\ttls\tpassed\t3\t") },
    Broken("another instance's", at: "2:10") { $0[1] = "instance\tcri-nowhere" },
    Broken("another link's", at: "3:6") { $0[2] = "link\tlink-nowhere" },
    Broken("without a host", at: "4:6") { $0[3] = "host\t" },
    Broken("from no address", at: "5:8") { $0[4] = "source\tnowhere" },
    Broken("of no time", at: "6:6") { $0[5] = "time\tyesterday" },
    Broken("of a time to come", at: "6:6") { $0[5] = "time\t2026-11-26T11:00:00Z" },
    Broken("in another order", at: "5:1") { $0.swapAt(4, 5) },
    Broken("of no address", at: "8:5") { $0[7] = "try\t192.168.10\t443\tname\tpassed\t3\t" },
    Broken("of an address that the link doesn't allow", at: "8:5") {
      $0[7] = "try\t192.168.10.99\t443\tconnect\tpassed\t3\t"
    },
    Broken("of no port", at: "8:19") { $0[7] = "try\t192.168.10.20\t65536\tname\tpassed\t3\t" },
    Broken("of no step", at: "8:23") { $0[7] = "try\t192.168.10.20\t443\tping\tpassed\t3\t" },
    Broken("of no outcome", at: "8:28") { $0[7] = "try\t192.168.10.20\t443\tname\tgood\t3\t" },
    Broken("of no duration", at: "8:35") { $0[7] = "try\t192.168.10.20\t443\tname\tpassed\t3 s\t" },
    Broken("with a field too many", at: "8:1") { $0[7] = "try\t192.168.10.20\t443\tname\tpassed\t3\ta\tb" },
    Broken("with a word of its own", at: "8:1") { $0[7] = "hop\t192.168.10.20" },
    Broken("counted wrongly", at: "11:5") { $0[10] = "end\t9" },
  ]

  @Test("what is broken is refused with its place, and nothing is stored", arguments: broken)
  func isBroken(_ broken: Broken) async throws {
    let scene = try await ProbeScene()
    let before = try scene.world.contents()
    var lines = scene.lines
    broken.change(&lines)
    let refusal = try #require(refused { _ = try scene.read(lines) })
    #expect(refusal.code == .invalidProbe)
    #expect(refusal.message.en.hasPrefix("probe.txt:\(broken.place): "), "\(refusal.message.en)")
    #expect(refusal.message.zh.hasPrefix("probe.txt:\(broken.place)："), "\(refusal.message.zh)")
    #expect(refusal.mend.en.contains("Nothing was stored"))
    #expect(try scene.world.contents() == before)
  }
}

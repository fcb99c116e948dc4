import FlatFiles
import Testing

@testable import SecureBuild

@Suite("The run-book of a link")
struct RunBookTests {
  /// A link into a data centre whose VBR lacks its return route.
  private func world() throws -> World {
    let world = try World()
    _ = try world.link { $0.gitLabIntranetIp = "10.200.0.8" }
    let entries: [(RecordKind, String)] = [
      (
        .dataCentre,
        #"{"IdcId":"idc-1","CidrBlocks":["10.200.0.0/16"],"VbrIds":["vbr-1"],"Routes":[{"DestinationCidrBlock":"100.104.0.0/16","NextHop":"vbr-1"}]}"#
      ), (.borderRouter, #"{"VbrId":"vbr-1","RouteTableId":"vtb-2"}"#),
      (.routeTable, #"{"RouteTableId":"vtb-2","RouterId":"vbr-1","Local":{"EntriesAreWhole":true}}"#),
      (
        .routeEntry,
        #"{"RouteEntryId":"rte-1","RouteTableId":"vtb-2","DestinationCidrBlock":"192.168.0.0/16","Status":"Available","NextHops":{"NextHop":[{"NextHopId":"ri-7","NextHopType":"RouterInterface"}]}}"#
      ),
    ]
    _ = try world.workspace.store.commit(by: "anna@bastion", as: "import", at: world.clock.now().description) {
      for (kind, text) in entries { try $0.put(kind, "1", json: try #require(JSONValue(text: text))) }
    }
    return world
  }

  @Test("what fails comes first, with the vendor's command; what is right is ticked; in both languages")
  func failing() throws {
    let world = try world()
    let book = try world.workspace.latest.runBook(of: world.instance.id)
    let network = try #require(book.sections.dropFirst().first)
    let first = try #require(network.lines.first)
    #expect(!first.isDone && first.text.en.contains("VBR vbr-1 has no route for 100.104.0.0/16"))
    #expect(
      first.command
        == "aliyun vpc CreateRouteEntry --RegionId cn-hangzhou --RouteTableId vtb-2 --DestinationCidrBlock 100.104.0.0/16 --NextHopType RouterInterface --NextHopId ri-7"
    )
    #expect(
      network.lines.contains { $0.isDone && $0.text.en.contains("idc-1's gateway leads 100.104.0.0/16 to the VBR") })
    #expect(book.markdown(.english).contains("\n- [ ] GitLab 10.200.0.8, Express Connect: VBR vbr-1 has no route"))
    #expect(book.markdown(.chinese).contains("\n- [ ] GitLab 10.200.0.8，高速通道：VBR vbr-1 没有"))
  }

  @Test("what a person saw in the vendor's console is ticked, and no token is in it")
  func confirmed() async throws {
    let world = try World()
    try await world.bound()
    func lines() throws -> [RunBook.Line] {
      try world.workspace.latest.runBook(of: world.instance.id).sections[2].lines
    }
    #expect(try lines().allSatisfy { !$0.isDone })
    _ = try world.workspace.confirmBinding(of: world.instance.id)
    #expect(try lines().allSatisfy(\.isDone))
    let book = try world.workspace.latest.runBook(of: world.instance.id)
    for language in Language.allCases { #expect(!book.markdown(language).contains(World.token)) }
  }
}

import Testing

@testable import SecureBuild

@Suite("Import: what an answer doesn't say") struct UnsaidTests {
  static let vSwitch =
    #"{"VSwitches": {"VSwitch": [{"VSwitchId": "vsw-9", "VpcId": "vpc-9", "CidrBlock": "10.0.0.0/24"}]}}"#
  static let instance = #"{"InstanceId": "cri-9", "InstanceName": "a"}"#
  static let router = #"{"VirtualBorderRouterSet": {"VirtualBorderRouterType": [{"VbrId": "vbr-9"}]}}"#

  @Test(arguments: [vSwitch, instance, router]) func `an unknown region is said, and filled in later`(answer: String)
    throws
  {
    let world = try World()
    let plan = try world.imported(answer)
    #expect(plan.notes.map(\.code) == [.regionUnknown])
    // Known from then on, also where it isn't said again.
    #expect(try world.imported(answer, region: "cn-beijing").notes.isEmpty)
    #expect(try world.imported(answer).notes.isEmpty)
    #expect(try world.imported(answer).changesNothing)
  }

  @Test func `a vSwitch is where its VPC is`() throws {
    let world = try World()
    let vpc = #"{"Vpcs": {"Vpc": [{"VpcId": "vpc-9", "RegionId": "cn-beijing", "CidrBlock": "10.0.0.0/8"}]}}"#
    #expect(try world.imported(Self.vSwitch, vpc, region: "cn-hangzhou").notes.isEmpty)
    #expect(try world.workspace.state().inventory(.vSwitch, in: "cn-beijing").map { $0.text("VSwitchId") } == ["vsw-9"])
  }

  @Test func `an instance without a region has an empty one, which hinders nothing`() throws {
    let world = try World()
    try world.imported(Self.instance)
    let instance = try world.workspace.instance("cri-9")
    #expect(instance.regionId.isEmpty && instance.status == .other("") && instance.status.title.en == "unknown")
    #expect(try world.workspace.overview(of: "cri-9").endpoints.isEmpty)
    #expect(ZoneTable.builtIn.note(on: "") == nil)
  }

  @Test func `endpoints are of the instance that is named`() throws {
    let world = try World()
    let answer = #"{"Endpoints": [{"EndpointType": "internet", "Enable": true}]}"#
    #expect(try world.imported(answer).notes.map(\.code) == [.instanceUnknown])
    #expect(try world.imported(answer, instance: world.instance.id).told == ["endpoint +\(world.instance.id) internet"])
    #expect(
      try world.workspace.state().inventory(.endpoint, in: "cn-hangzhou").map { $0.text("Local", "InstanceId") }
        == [world.instance.id])
  }

  struct Pull: Sendable {
    let endpoints: String
    let state: Checklist.State
    let why: String
  }

  static let pulls = [
    Pull(endpoints: "", state: .unknown, why: "Known only in the vendor's console."),
    Pull(
      endpoints: #"{"EndpointType": "vpc", "Enable": true, "LinkedVpcs": [{"VpcId": "vpc-1"}]}"#, state: .met,
      why: "The VPC endpoint lets in vpc-1."),
    Pull(
      endpoints:
        #"{"EndpointType": "internet", "Enable": true, "AclEnable": true, "AclEntries": [{"Entry": "1.2.3.4/32"}]}"#,
      state: .met, why: "The Internet endpoint lets in 1.2.3.4/32."),
    Pull(
      endpoints: #"{"EndpointType": "internet", "Enable": true, "AclEnable": true, "AclEntries": []}"#, state: .unknown,
      why: "The Internet endpoint is on, with an empty access list: it denies all."),
    Pull(
      endpoints:
        #"{"EndpointType": "internet", "Enable": false}, {"EndpointType": "vpc", "Enable": true, "LinkedVpcs": []}"#,
      state: .unmet, why: "The Internet endpoint is off. The VPC endpoint is on, with no VPC on it."),
    Pull(
      endpoints: #"{"EndpointType": "internet", "Enable": false}, {"EndpointType": "vpc"}"#, state: .unknown,
      why: "The Internet endpoint is off. The VPC endpoint's state isn't known."),
  ]

  @Test(arguments: pulls) func `whether an image can be pulled follows from the endpoints`(pull: Pull) throws {
    let world = try World()
    try world.imported("{\"Endpoints\": [\(pull.endpoints)]}", instance: world.instance.id)
    let line = try #require(
      try world.workspace.overview(of: world.instance.id).checklist.lines.first { $0.id == .pull })
    #expect(line.state == pull.state && line.why.en == pull.why)
    #expect(line.mend.en.contains("ListInstanceEndpoint") == (pull.state == .unknown))
  }

  @Test func `an endpoint's domain is the vendor's where it was told`() throws {
    let world = try World()
    try world.imported(
      #"{"Endpoints": [{"EndpointType": "internet", "Enable": false, "Domains": [{"Domain": "r.corp.example", "Type": "USER"}]}]}"#,
      instance: world.instance.id)
    let endpoints = try world.workspace.overview(of: world.instance.id).endpoints
    #expect(endpoints.map(\.domain) == ["r.corp.example", "build-prod-registry-vpc.cn-hangzhou.cr.aliyuncs.com"])
    #expect(endpoints.map(\.known) == [.confirmed, .computed] && endpoints.map(\.isEnabled) == [false, nil])
  }

  struct Pages: Sendable {
    let name: String
    let pages: [(ids: ClosedRange<Int>, number: Int?, token: String)]
    let total: Int?
    let isHalf: Bool
  }

  static let pages = [
    Pages(name: "both", pages: [(1...2, 1, ""), (3...3, 2, "")], total: 3, isHalf: false),
    Pages(name: "in any order", pages: [(3...3, 2, ""), (1...2, 1, "")], total: 3, isHalf: false),
    Pages(name: "the first alone", pages: [(1...2, 1, "")], total: 3, isHalf: true),
    Pages(name: "one twice", pages: [(1...2, 1, ""), (1...2, 1, "")], total: 3, isHalf: true),
    Pages(name: "the pager's", pages: [(1...3, nil, "")], total: nil, isHalf: false),
    Pages(name: "a token left", pages: [(1...2, nil, "t")], total: nil, isHalf: true),
    Pages(name: "the token's page", pages: [(1...2, nil, "t"), (3...3, nil, "")], total: nil, isHalf: false),
  ]

  @Test(arguments: pages) func `half a set of pages is said`(_ pages: Pages) throws {
    let answers = pages.pages.map { page in
      let entries = page.ids.map { #"{"InstanceId": "i-\#($0)", "RegionId": "cn-hangzhou"}"# }.joined(separator: ", ")
      let number = page.number.map { #", "PageNumber": \#($0), "PageSize": 2"# } ?? ""
      let total = pages.total.map { #", "TotalCount": \#($0)"# } ?? ""
      return #"{"Instances": {"Instance": [\#(entries)]}, "NextToken": "\#(page.token)"\#(number)\#(total)}"#
    }
    let files = answers.map { ImportedFile(name: "x", bytes: Array($0.utf8)) }
    let world = try World()
    let plan = try world.workspace.plan(try ImportRequest(VendorAnswers(reading: files)))
    #expect(plan.notes.map(\.code) == (pages.isHalf ? [.halfASet] : []), "\(pages.name)")
    if pages.isHalf, pages.total != nil { #expect(plan.notes[0].message.en.contains("2 of 3 entries; without page 2")) }
  }

  @Test(.timeLimit(.minutes(1))) func `more pages than can be gone through are half a set`() throws {
    let text = #"{"Vpcs": {"Vpc": []}, "TotalCount": 2147483647, "PageNumber": 1, "PageSize": 1}"#
    let file = ImportedFile(name: "x", bytes: Array(text.utf8))
    let world = try World()
    let plan = try world.workspace.plan(try ImportRequest(VendorAnswers(reading: [file])))
    #expect(plan.notes.map(\.code) == [.halfASet])
    #expect(plan.notes[0].message.en.contains("without page 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …"))
  }
}

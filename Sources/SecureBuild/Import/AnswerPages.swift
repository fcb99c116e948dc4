/// The answers that are pages of one list, and whether they are all of it.
struct AnswerPages {
  let call: VendorCall
  private(set) var answers: [VendorAnswer]

  /// Answers by the list that they are pages of: of one call, one region, one group or table, and one total.
  static func all(of answers: [VendorAnswer]) -> [AnswerPages] {
    var order: [Key] = []
    var sets: [Key: AnswerPages] = [:]
    for answer in answers {
      let key = Key(answer)
      if sets[key] == nil { order.append(key) }
      sets[key, default: AnswerPages(call: answer.call, answers: [])].answers.append(answer)
    }
    return order.compactMap { sets[$0] }
  }

  private struct Key: Hashable {
    let call: VendorCall
    let total: Int?
    let region: String?
    let owner: String?

    init(_ answer: VendorAnswer) {
      call = answer.call
      total = answer.totalCount
      region = answer.regionId ?? answer.entries.first?.text("RegionId")
      owner =
        switch answer.call {
        case .describeSecurityGroupAttribute: answer.top.text("SecurityGroupId")
        case .describeRouteEntryList: answer.entries.first?.text("RouteTableId")
        default: nil
        }
    }
  }

  /// How many different entries they have.
  private var count: Int {
    var seen: Set<String> = []
    for entry in answers.lazy.flatMap(\.entries) { if let id = call.id(of: entry) { seen.insert(id) } }
    return seen.count
  }

  /// What is missing; nil where nothing is known to be.
  var missing: Phrase? {
    if let total = answers[0].totalCount {
      let count = count
      guard count < total else { return nil }
      let given = Set(answers.compactMap(\.pageNumber))
      let size = answers.compactMap(\.pageSize).max()
      // One more than are named: a total from outside may stand for more pages than can be gone through.
      let absent = size.map { Array((1...(total + $0 - 1) / $0).lazy.filter { !given.contains($0) }.prefix(11)) } ?? []
      let pages = absent.prefix(10).map(String.init)
      let more = absent.count > 10 ? " …" : ""
      return Phrase(
        "\(count) of \(total) entries"
          + (pages.isEmpty || given.isEmpty ? "" : "; without page \(pages.joined(separator: ", "))\(more)"),
        "\(total) 条中的 \(count) 条"
          + (pages.isEmpty || given.isEmpty ? "" : "，缺第 \(pages.joined(separator: "、")) 页\(more)"))
    }
    // Each page but the last names the next one by a token: without the last the rest is missing.
    guard answers.allSatisfy({ $0.nextToken != nil }) else { return nil }
    return Phrase("more pages follow (NextToken)", "后面还有分页（NextToken）")
  }
}

extension VendorCall {
  /// The id that an entry is kept under; nil where it has none.
  func id(of entry: VendorObject) -> String? {
    switch kind {
    case .instance: entry.text("InstanceId")
    case .inventory(.route):
      entry.text("RouteEntryId")
        ?? entry.text("RouteTableId").flatMap { table in
          entry.text("DestinationCidrBlock").map { "\(table) \($0)" }
        }
    case .inventory(let kind): entry.text(kind.idMember)
    }
  }
}

extension InventoryKind {
  /// The member that names an entry at the vendor's.
  var idMember: String {
    switch self {
    case .vpc: "VpcId"
    case .vSwitch: "VSwitchId"
    case .routeTable: "RouteTableId"
    case .route: "RouteEntryId"
    case .borderRouter: "VbrId"
    case .networkAcl: "NetworkAclId"
    case .ecs: "InstanceId"
    case .securityGroup, .securityGroupRule: "SecurityGroupId"
    case .loadBalancer: "LoadBalancerId"
    case .endpoint: "EndpointType"
    case .dataCentre: "IdcId"
    }
  }
}

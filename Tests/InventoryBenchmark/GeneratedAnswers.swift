import FoundationEssentials

/// What `aliyun` prints of an inventory as large as one gets, in the pages that it asks for: 10,000 instances in 13
/// regions, and 1,000 VPCs with 20,000 vSwitches, all in one region, 1,019 of them in one VPC. The same every time.
struct GeneratedAnswers {
  static let region = "cn-hangzhou"
  static let instances = 10_000
  static let vpcs = 1000
  static let vSwitches = 20_000

  /// The VPC that has most vSwitches, and its last one whose zone carries the mode.
  static let vpc = vpcId(0)
  static let vSwitch = vSwitchId((0..<vSwitches).last { vpcNumber(of: $0) == 0 && zone($0) == "\(region)-i" } ?? 0)
  static let gitLabIp = "10.0.3.7"

  /// The files, each a page.
  let files: [String]

  init(in folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var files: [String] = []
    func write(_ name: String, _ count: Int, by size: Int, _ page: (_ entries: Range<Int>, _ number: Int) -> String)
      throws
    {
      for (number, start) in stride(from: 0, to: count, by: size).enumerated() {
        let file = "\(folder)/\(name)-\(number + 1).json"
        try Data(page(start..<min(start + size, count), number + 1).utf8).write(to: URL(filePath: file))
        files.append(file)
      }
    }
    var first = 0
    for (index, region) in Self.regions.enumerated() {
      let most = Self.instances / Self.regions.count
      let count = index == 0 ? Self.instances - most * (Self.regions.count - 1) : most
      try write("instances-\(region)", count, by: 100) { entries, number in
        """
        {
        \t"Code": "success",
        \t"Instances": [
        \(entries.map { Self.instance(first + $0, in: region) }.joined(separator: ",\n"))
        \t],
        \t"IsSuccess": true,
        \t"PageNo": \(number),
        \t"PageSize": 100,
        \t"RequestId": "\(Self.letters(number))",
        \t"TotalCount": \(count)
        }

        """
      }
      first += count
    }
    try write("vpcs", Self.vpcs, by: 50) { entries, number in
      Self.page("Vpcs", "Vpc", entries.map(Self.vpc), number, of: Self.vpcs)
    }
    try write("vswitches", Self.vSwitches, by: 50) { entries, number in
      Self.page("VSwitches", "VSwitch", entries.map(Self.vSwitch), number, of: Self.vSwitches)
    }
    self.files = files
  }

  // MARK: Ids

  static func instanceId(_ number: Int) -> String { "cri-\(letters(number))" }
  static func vpcId(_ number: Int) -> String { "vpc-bp1\(letters(number))" }
  static func vSwitchId(_ number: Int) -> String { "vsw-bp1\(letters(number))" }

  /// 13 letters and digits that look like no other number's.
  private static func letters(_ number: Int) -> String {
    let text = String(UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15, radix: 36)
    return String(repeating: "0", count: 13 - text.utf8.count) + text
  }

  private static func vpcNumber(of vSwitch: Int) -> Int { vSwitch < vSwitches - vpcs ? vSwitch % vpcs : 0 }

  private static func zone(_ number: Int) -> String { "\(region)-\(["b", "h", "i", "j", "k"][number % 5])" }

  private static let regions = [
    region, "cn-beijing", "cn-shanghai", "cn-shenzhen", "cn-zhangjiakou", "cn-chengdu", "cn-hongkong", "cn-heyuan",
    "ap-southeast-1", "ap-northeast-1", "eu-central-1", "us-east-1", "us-west-1",
  ]

  // MARK: Answers

  private static func page(_ container: String, _ list: String, _ entries: [String], _ number: Int, of total: Int)
    -> String
  {
    """
    {
    \t"PageNumber": \(number),
    \t"PageSize": 50,
    \t"RequestId": "\(letters(number))",
    \t"TotalCount": \(total),
    \t"\(container)": {
    \t\t"\(list)": [
    \(entries.joined(separator: ",\n"))
    \t\t]
    \t}
    }

    """
  }

  private static func instance(_ number: Int, in region: String) -> String {
    """
    \t\t{
    \t\t\t"CreateTime": "\(1_571_926_439_000 + number * 60_000)",
    \t\t\t"InstanceId": "\(instanceId(number))",
    \t\t\t"InstanceName": "team-\(number % 97)-registry-\(number)",
    \t\t\t"InstanceSpecification": "Enterprise_Advanced",
    \t\t\t"InstanceStatus": "RUNNING",
    \t\t\t"ModifiedTime": "\(1_571_926_439_000 + number * 60_000)",
    \t\t\t"RegionId": "\(region)",
    \t\t\t"ResourceGroupId": "rg-acfm\(letters(number % 7))",
    \t\t\t"Tags": []
    \t\t}
    """
  }

  private static func vpc(_ number: Int) -> String {
    """
    \t\t\t{
    \t\t\t\t"CenStatus": "Detached",
    \t\t\t\t"CidrBlock": "10.\(number % 256).0.0/16",
    \t\t\t\t"CreationTime": "2024-03-01T08:00:00Z",
    \t\t\t\t"Description": "",
    \t\t\t\t"DhcpOptionsSetId": "",
    \t\t\t\t"DhcpOptionsSetStatus": "",
    \t\t\t\t"EnabledIpv6": false,
    \t\t\t\t"Ipv6CidrBlock": "",
    \t\t\t\t"Ipv6CidrBlocks": {
    \t\t\t\t\t"Ipv6CidrBlock": []
    \t\t\t\t},
    \t\t\t\t"IsDefault": false,
    \t\t\t\t"NatGatewayIds": {
    \t\t\t\t\t"NatGatewayIds": []
    \t\t\t\t},
    \t\t\t\t"OwnerId": 1234567890123456,
    \t\t\t\t"RegionId": "\(region)",
    \t\t\t\t"ResourceGroupId": "rg-acfm\(letters(number % 7))",
    \t\t\t\t"RouterTableIds": {
    \t\t\t\t\t"RouterTableIds": [
    \t\t\t\t\t\t"vtb-bp1\(letters(number))"
    \t\t\t\t\t]
    \t\t\t\t},
    \t\t\t\t"SecondaryCidrBlocks": {
    \t\t\t\t\t"SecondaryCidrBlock": []
    \t\t\t\t},
    \t\t\t\t"Status": "Available",
    \t\t\t\t"Tags": {
    \t\t\t\t\t"Tag": []
    \t\t\t\t},
    \t\t\t\t"UserCidrs": {
    \t\t\t\t\t"UserCidr": []
    \t\t\t\t},
    \t\t\t\t"VRouterId": "vrt-bp1\(letters(number))",
    \t\t\t\t"VSwitchIds": {
    \t\t\t\t\t"VSwitchId": [
    \(stride(from: number, to: vSwitches - vpcs, by: vpcs).map { "\t\t\t\t\t\t\"\(vSwitchId($0))\"" }.joined(separator: ",\n"))
    \t\t\t\t\t]
    \t\t\t\t},
    \t\t\t\t"VpcId": "\(vpcId(number))",
    \t\t\t\t"VpcName": "network-\(number)"
    \t\t\t}
    """
  }

  private static func vSwitch(_ number: Int) -> String {
    let vpc = vpcNumber(of: number)
    let place = number < vSwitches - vpcs ? number / vpcs : number - vSwitches + vpcs + 19
    return """
      \t\t\t{
      \t\t\t\t"AvailableIpAddressCount": 60,
      \t\t\t\t"CidrBlock": "10.\(vpc % 256).\(place / 4).\(place % 4 * 64)/26",
      \t\t\t\t"CreationTime": "2024-03-01T08:00:00Z",
      \t\t\t\t"Description": "",
      \t\t\t\t"Ipv6CidrBlock": "",
      \t\t\t\t"IsDefault": false,
      \t\t\t\t"NetworkAclId": "",
      \t\t\t\t"OwnerId": 1234567890123456,
      \t\t\t\t"ResourceGroupId": "rg-acfm\(letters(number % 7))",
      \t\t\t\t"RouteTable": {
      \t\t\t\t\t"RouteTableId": "vtb-bp1\(letters(vpc))",
      \t\t\t\t\t"RouteTableType": "System"
      \t\t\t\t},
      \t\t\t\t"ShareType": "",
      \t\t\t\t"Status": "Available",
      \t\t\t\t"Tags": {
      \t\t\t\t\t"Tag": []
      \t\t\t\t},
      \t\t\t\t"VSwitchId": "\(vSwitchId(number))",
      \t\t\t\t"VSwitchName": "subnet-\(number)",
      \t\t\t\t"VpcId": "\(vpcId(vpc))",
      \t\t\t\t"ZoneId": "\(zone(number))"
      \t\t\t}
      """
  }
}

import Testing

@testable import SecureBuild

@Suite("Import: answers told by their shape") struct AnswerTests {
  static let shapes: [(String, VendorCall, Int)] = [
    (#"{"Instances": []}"#, .listInstance, 0),
    (#"{"Instances": {"Instance": [{"InstanceId": "i-1"}]}}"#, .describeInstances, 1),
    (#"{"Instances": {}, "TotalCount": 0}"#, .describeInstances, 0),
    (#"{"InstanceId": "cri-1", "InstanceName": "a", "Code": "success", "IsSuccess": true}"#, .getInstance, 1),
    (#"{"Endpoints": [{"EndpointType": "internet"}]}"#, .listInstanceEndpoint, 1),
    (#"{"Vpcs": {"Vpc": []}, "TotalCount": 0}"#, .describeVpcs, 0),
    (#"{"VSwitches": {"VSwitch": [{"VSwitchId": "vsw-1"}]}}"#, .describeVSwitches, 1),
    (#"{"RouterTableList": {"RouterTableListType": []}}"#, .describeRouteTableList, 0),
    (#"{"RouteEntrys": {"RouteEntry": []}, "NextToken": ""}"#, .describeRouteEntryList, 0),
    (#"{"VirtualBorderRouterSet": {"VirtualBorderRouterType": []}}"#, .describeVirtualBorderRouters, 0),
    (#"{"NetworkAclAttribute": {"NetworkAclId": "nacl-1"}}"#, .describeNetworkAclAttributes, 1),
    (#"{"SecurityGroups": {"SecurityGroup": []}}"#, .describeSecurityGroups, 0),
    (#"{"SecurityGroupId": "sg-1", "Permissions": {"Permission": []}}"#, .describeSecurityGroupAttribute, 1),
    (#"{"LoadBalancers": {"LoadBalancer": []}}"#, .describeLoadBalancers, 0),
  ]

  @Test(arguments: shapes) func `each call`(text: String, call: VendorCall, count: Int) throws {
    let read = try VendorAnswers(reading: [ImportedFile(name: "x", bytes: Array(text.utf8))])
    #expect(read.answers.map(\.call) == [call])
    #expect(read.count == count)
  }

  @Test(arguments: [
    ("{}", "x:1:1"), ("[]", "x:1:1"), (" \n {\"Vpcs\": []}", "x:2:2"), ("{\"Vpcs\": {\"Vpc\": [1]}}", "x:1:19"),
    (#"{"Instances": [], "IsSuccess": false}"#, "x:1:1"), ("{\"名\": tru}", "x:1:7"), ("nonsense", "x:1:1"),
    ("{\"Vpcs\": {\"Vpc\": []}} {", "x:1:24"),
    (#"{"Vpcs": {"Vpc": []}, "TotalCount": 9223372036854775807}"#, "x:1:37"),
    (#"{"Vpcs": {"Vpc": []}, "PageSize": 2147483648}"#, "x:1:35"),
    (#"{"Vpcs": {"Vpc": []}, "PageNumber": -1}"#, "x:1:37"),
    (#"{"Vpcs": {"Vpc": []}, "PageNo": "9999999999999999999"}"#, "x:1:33"),
    (#"{"Vpcs": {"Vpc": []}, "TotalCount": 1e3}"#, "x:1:37"),
  ])
  func `what is none is named with its place`(text: String, place: String) throws {
    let refusal = refused { _ = try VendorAnswers(reading: [ImportedFile(name: "x", bytes: Array(text.utf8))]) }
    #expect(refusal?.code == .invalidAnswer)
    #expect(refusal?.message.en.hasPrefix(place + ": ") == true, "\(refusal?.message.en ?? "")")
  }

  @Test func `a byte order mark is no part of it`() throws {
    let bytes = [0xEF, 0xBB, 0xBF] + Array(#"{"Instances": []}"#.utf8)
    #expect(try VendorAnswers(reading: [ImportedFile(name: "x", bytes: bytes)]).answers.count == 1)
  }

  @Test func `an entry that can't be read is named with its place, and nothing is imported`() throws {
    let world = try World()
    let before = try world.contents()
    let refusal = refused {
      try world.imported(
        #"{"Vpcs": {"Vpc": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/8"}]}}"#,
        "{\"Vpcs\": {\"Vpc\": [\n {\"VpcId\": \"vpc-2\", \"CidrBlock\": \"ten\"}]}}")
    }
    #expect(refusal?.code == .invalidAnswer)
    #expect(refusal?.message.en.hasPrefix("file-1:2:2: CidrBlock of vpc-2") == true, "\(refusal?.message.en ?? "")")
    #expect(try world.contents() == before)
  }

  @Test(arguments: ["-9223372036854775808", "-99999999999999999"])
  func `a moment that no calendar has is named with its place`(milliseconds: String) throws {
    let world = try World()
    let refusal = refused {
      try world.imported(#"{"InstanceId": "cri-1", "InstanceName": "a", "CreateTime": \#(milliseconds)}"#)
    }
    #expect(refusal?.code == .invalidAnswer)
    #expect(refusal?.message.en.hasPrefix("file-0:1:1: CreateTime of cri-1") == true, "\(refusal?.message.en ?? "")")
  }
}

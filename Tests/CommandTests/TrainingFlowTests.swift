import Foundation
import Testing

/// The whole flow by commands, against the training GitLab that really answers.
@Suite("From nothing to 已绑定 by commands")
struct TrainingFlowTests {
  @Test("five commands lead from nothing to a bound account and its managed group")
  func bound() async throws {
    let ground = try await TrainingGround()
    let link = try await ground.link()
    let bound = try await ground.sandbox.run(ground.binding(link), input: ground.fact("Token"))
    #expect(bound.status == 0 && bound.error.isEmpty, "\(bound.error)")
    #expect(bound.object["Status"] as? String == "BOUND" && bound.object["Known"] as? String == "TRIED")
    for member in ["CheckedAt", "At", "By", "From", "Address", "Username", "LinkId"] {
      #expect((bound.object[member] as? String)?.isEmpty == false, "\(member)")
    }
    let group = try await ground.sandbox.run(
      "security-group show --instance \(ground.fact("InstanceId")) --format json"
    )
    .object
    #expect(group["State"] as? String == "ACTIVE" && group["LinkId"] as? String == link)
    #expect(
      (group["Rules"] as? [[String: String]])?.map { $0["Cidr"] } == [try ground.fact("GitLabIntranetIp") + "/32"])
    let shown = try await ground.sandbox.run("gitlab show --instance \(ground.fact("InstanceId")) --format json").object
    #expect(shown["Status"] as? String == "BOUND")
  }

  @Test("what a person reads says that this is a training workspace, in both languages")
  func label() async throws {
    let ground = try await TrainingGround()
    #expect(try await ground.sandbox.run("instance list").error.contains("TRAINING workspace"))
    #expect(try await ground.sandbox.run("instance list --language zh").error.contains("演练工作区"))
    #expect(try await ground.sandbox.run("instance list --format json").error.isEmpty)
  }

  @Test("the ways back: check, edit while bound, unbind, delete")
  func waysBack() async throws {
    let ground = try await TrainingGround()
    let sandbox = ground.sandbox
    let (link, instance) = (try await ground.link(), try ground.fact("InstanceId"))
    try await sandbox.run(ground.binding(link), input: ground.fact("Token"))
    #expect(try await sandbox.run("gitlab check \(instance) --format json").object["Status"] as? String == "BOUND")
    let edited = try await sandbox.run("link edit --link \(link) --allow 192.168.10.30=Maven --format json")
    #expect(edited.status == 0)
    let rules =
      try await sandbox.run("security-group show \(instance) --format json").object["Rules"] as? [[String: String]]
    #expect(rules?.count == 2 && rules?.last?["Description"] == "Maven")
    #expect(
      try await sandbox.run("link edit --link \(link) --gitlab-ip 192.168.10.21 --format json").code == "GitLabIpFixed")
    #expect(try await sandbox.run("link delete --link \(link) --yes --format json").code == "LinkInUse")
    #expect(try await sandbox.run("gitlab bind --instance \(instance) --draft --format json").code == "AlreadyBound")
    let unbound = try await sandbox.run("gitlab unbind \(instance) --yes --format json").object
    #expect(unbound["Status"] as? String == "UNBOUND" && unbound["Address"] is NSNull)
    #expect(
      try await sandbox.run("security-group show \(instance) --format json").object["State"] as? String == "PLANNED")
    #expect(try await sandbox.run("link delete --link \(link) --yes").status == 0)
    #expect(sandbox.files(in: "\(sandbox.workspace)/secrets").isEmpty)
  }

  @Test("a draft keeps its token, and is bound later without one")
  func draft() async throws {
    let ground = try await TrainingGround()
    let (link, instance) = (try await ground.link(), try ground.fact("InstanceId"))
    let draft = try await ground.sandbox.run(ground.binding(link) + ["--draft"], input: ground.fact("Token")).object
    #expect(draft["Status"] as? String == "UNBOUND" && draft["Draft"] as? Bool == true)
    #expect(draft["TokenStored"] as? Bool == true && draft["CheckedAt"] is NSNull)
    let bound = try await ground.sandbox.run("gitlab bind --instance \(instance) --format json")
    #expect(bound.object["Status"] as? String == "BOUND", "\(bound.error)")
  }

  @Test("each way that it fails has its code, hop and exit status")
  func failures() async throws {
    let ground = try await TrainingGround()
    let link = try await ground.link()
    let token = try ground.fact("Token")
    let good = try ground.binding(link)
    func instead(_ option: String, _ value: String) -> [String] {
      var changed = good
      if let index = changed.firstIndex(of: option) { changed[index + 1] = value }
      return changed
    }
    let address = try ground.fact("Address")
    let cases: [([String], String, Int32, String, String)] = [
      (instead("--username", "somebody"), token, 1, "OtherUser", "USER"),
      (instead("--address", "http://nowhere.corp.example"), token, 69, "NameNotResolved", "NAME"),
      (instead("--address", address.replacing("http:", with: "https:")), token, 1, "TlsNotSpoken", "TLS"),
      (instead("--address", "http://192.168.10.20:1"), token, 69, "ConnectRefused", "CONNECT"),
      (instead("--address", "http://192.168.77.77"), token, 1, "AddressNotAllowed", "ALLOWED"),
    ]
    for (arguments, token, status, code, hop) in cases {
      let outcome = try await ground.sandbox.run(arguments, input: token)
      #expect(outcome.status == status, "\(code): \(outcome.error)")
      #expect(outcome.code == code && outcome.refusal["Hop"] as? String == hop, "\(outcome.error)")
      #expect((outcome.refusal["Vendor"] as? String)?.isEmpty == false)
    }
    let foreign = try await ground.sandbox.run(good, input: "glpat-ofanotherworld000000")
    #expect(
      foreign.status == 1 && foreign.code == "TrainingTokenUnknown" && foreign.refusal["Field"] as? String == "Token")
    let chinese = try await ground.sandbox.run(instead("--username", "somebody") + ["--language", "zh"], input: token)
    #expect(chinese.refusal["Vendor"] as? String == "源代码仓库站点无法访问，请确认绑定信息无误或者请稍后再重试")
    #expect(
      try await ground.sandbox.run("gitlab show \(ground.fact("InstanceId")) --format json").object["Address"] is NSNull
    )
  }
}

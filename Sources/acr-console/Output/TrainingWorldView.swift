import SecureBuild
import Training

/// Everything that a training world has to rehearse with. All of it is made up, its tokens too: no other world knows
/// them, and they are good for nothing beyond this workspace.
struct TrainingWorldView {
  private let path: String
  /// The CA file that makes the world's https addresses valid.
  private let authorityFile: String
  private let hosts: [TrainingHostFacts]
  private let tokens: [TrainingToken]

  /// - Throws: `Refusal` `TrainingOnly` for an own workspace.
  init(of workspace: Workspace) throws {
    guard workspace.kind == .training else { throw Refusal.trainingOnly }
    path = workspace.path
    authorityFile = TrainingWorkspace.authorityFile(of: workspace.store)
    hosts = try TrainingWorkspace.hosts(of: workspace.store.header)
    tokens = TrainingWorkspace.tokens(of: workspace.store.header)
  }

  func print(to output: Output) throws {
    guard output.format == .table else { return try output.print(json(output.language)) }
    let language = output.language
    let parts: [(Phrase, [[String]])] = [
      (Phrase("Hosts (training)", "主机（演练）"), hostRows(language)),
      (Phrase("Users (training)", "用户（演练）"), userRows(language)),
      (
        Phrase("Tokens (training: good for nothing beyond this workspace)", "Token（演练用，在此工作区之外无效）"), tokenRows(language)
      ),
    ]
    for (title, rows) in parts {
      let indented = rows.map { row in ["  " + row[0]] + row.dropFirst() }
      try StandardStream.output.write(title(language) + "\n" + TextTable.text(indented) + "\n")
    }
    let file = Phrase("CA file for the https addresses: ", "https 地址所用 CA 文件：")
    try StandardStream.output.write(TextTable.text([[file(language) + authorityFile]]))
  }

  // MARK: For people

  private func hostRows(_ language: Language) -> [[String]] {
    let headings = [
      Phrase("Address", "地址"), Phrase("IP", "IP"), Phrase("A try ends in", "检查结果"), Phrase("What is there", "说明"),
    ]
    return [headings.map { $0(language) }]
      + hosts.map { [$0.url, $0.address.description, Self.end($0.code, language), $0.meaning(language)] }
  }

  private func userRows(_ language: Language) -> [[String]] {
    let headings = [Phrase("Username", "用户名称"), Phrase("Name", "姓名"), Phrase("State", "状态")]
    return [headings.map { $0(language) }]
      + TrainingPerson.all.map { person in
        let state =
          person.isBlocked ? Phrase("blocked", "已封禁") : person.isBot ? Phrase("bot", "机器人") : Phrase("active", "正常")
        return [person.username, person.name, state(language)]
      }
  }

  private func tokenRows(_ language: Language) -> [[String]] {
    let headings = [
      Phrase("Token", "Token"), Phrase("At", "主机"), Phrase("Try as", "用户名称"), Phrase("A try ends in", "检查结果"),
      Phrase("What it is", "说明"),
    ]
    return [headings.map { $0(language) }]
      + tokens.map {
        [$0.token.secret, $0.host, $0.tryAs, Self.end($0.purpose.code, language), $0.purpose.title(language)]
      }
  }

  private static func end(_ code: Code?, _ language: Language) -> String {
    code?.rawValue ?? Phrase("passes", "通过")(language)
  }

  // MARK: For scripts

  private func json(_ language: Language) -> JSONText {
    [
      "Training": .bool(true), "Path": .string(path), "CaFile": .string(authorityFile),
      "Hosts": .array(
        hosts.map {
          [
            "Name": .string($0.name), "Ip": .string($0.address.description), "Address": .string($0.url),
            "Shows": .string($0.shows), "Code": .optional($0.code?.rawValue), "Message": .string($0.meaning(language)),
          ]
        }),
      "Users": .array(
        TrainingPerson.all.map {
          [
            "Username": .string($0.username), "Name": .string($0.name),
            "State": .string($0.isBlocked ? "blocked" : "active"), "IsBot": .bool($0.isBot),
          ]
        }),
      "Tokens": .array(
        tokens.map {
          [
            "Host": .string($0.host), "Username": .string($0.username), "TryAs": .string($0.tryAs),
            "Purpose": .string($0.purpose.rawValue), "Token": .string($0.token.secret),
            "Code": .optional($0.purpose.code?.rawValue), "Message": .string($0.purpose.title(language)),
          ]
        }),
    ]
  }
}

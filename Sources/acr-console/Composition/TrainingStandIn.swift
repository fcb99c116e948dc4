import SecureBuild
import FlatFiles

// Until Sources/Training is there.
enum TrainingWorkspace {
  struct Facts: Sendable { let address, username, token, gitLabIntranetIp: String }
  static func create(at path: String, actor: Actor, clock: some WallClock) throws -> Facts {
    throw Refusal(.trainingOnly, message: Phrase("not yet", "尚未实现"), mend: Phrase("-", "-"))
  }
  static func surroundings(for store: Store, like own: Surroundings) throws -> Surroundings { own }
}
enum TrainingServer {
  static func serve(workspace: String, ready: Int32) async throws {}
}

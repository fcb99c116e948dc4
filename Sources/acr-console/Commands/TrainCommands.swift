import ArgumentParser
import SecureBuild
import Training

struct TrainCommands: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "train", Phrase("Lessons, and what there is to practise with in a training workspace.", "课程，以及演练工作区中可供练习的内容。"),
      subcommands: [
        ListLessons.self, StartLesson.self, LessonStatusCommand.self, HintLesson.self, ResetTraining.self,
        ReportLessons.self, CheckLesson.self, PrintLesson.self, ShowTrainingWorld.self, TrainVendor.self,
        TrainFault.self,
      ])
  }
}

struct ShowTrainingWorld: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "world",
      Phrase(
        "Show the training world: its hosts, people and tokens, good and bad, and what a try with each ends in.",
        "查看演练环境：主机、用户以及好坏各异的 Token，以及使用它们进行检查的结果。"),
      json: """
        {Training Path CaFile Hosts[Name Ip Address Shows Code Message] Users[Username Name State(active|blocked) IsBot] \
        Tokens[Host Username TryAs Purpose Token Code Message]}
        """)
  }

  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    try TrainingWorldView(of: try invocation.open()).print(to: invocation.output)
    if let missing = TrainingWorkspace.missingSamples { invocation.output.notice(missing) }
  }
}

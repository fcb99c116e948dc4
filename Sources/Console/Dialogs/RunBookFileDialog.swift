import SecureBuild
import TerminalUI

/// Asks for the file that a link's run-book is written to.
@ScreenActor
final class RunBookFileDialog: FormDialog {
  private let link: String
  private static let file = "File"

  init(app: App, link: String) {
    self.link = link
    let instance = (try? app.reading?.link(link))?.instanceId
    super.init(
      app: app, title: Phrase("Write the run-book", "写入操作手册"), vendorPath: Phrase("", ""),
      form: Form(
        fields: [
          FormField(
            Self.file, label: app.text(Phrase("File", "文件")),
            help: app.text(
              Phrase(
                "In the current folder unless you say another; Markdown", "默认写入当前目录；Markdown 格式")),
            isRequired: true, input: .text(TextField(instance.map(RunBookFile.name) ?? "")))
        ],
        buttons: [
          Form.Button(id: "ok", title: app.text(Phrase("Write", "写入"))),
          Form.Button(id: "cancel", title: app.text(Phrase("Cancel", "取消"))),
        ]))
  }

  override func problems() -> [Refusal] {
    guard form[Self.file].allSatisfy(\.isWhitespace) else { return [] }
    return [
      Refusal(
        .missing, message: Phrase("The file's name is missing.", "请填写文件名。"),
        mend: Phrase("Name one, or cancel.", "请填写，或取消。"))
    ]
  }

  override func submit() { write(replacing: false) }

  private func write(replacing: Bool) {
    guard let workspace = app.workspace else { return }
    let (file, link, language) = (form[Self.file], link, app.language)
    app.perform(Phrase("Writing", "正在写入"), cancellable: false) {
      if !replacing, RunBookFile.isThere(file) { return false }
      let book = try workspace.state().runBook(ofLink: link)
      try RunBookFile.write(book.markdown(language), to: file, replacing: replacing)
      return true
    } then: { [weak self] in
      self?.ended($0, file)
    }
  }

  private func ended(_ outcome: Result<Bool, Refusal>, _ file: String) {
    switch outcome {
    case .success(true):
      close()
      let path = RunBookFile.whole(file)
      app.say(Phrase("The run-book is in \(path).", "操作手册已写入 \(path)。"))
    case .success(false):
      app.open(
        ConfirmDialog(
          app: app, title: title,
          question: Phrase("\(file) is there already. Replace it?", "\(file) 已存在，要替换吗？"),
          action: Phrase("Replace", "替换")
        ) { [weak self] in
          self?.write(replacing: true)
        })
    case .failure(let refusal): show([refusal])
    }
  }
}

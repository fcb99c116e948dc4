import SecureBuild
import TerminalUI

/// A form that is kept when the program ends with it half filled: which one, and of which instance.
enum FormName: Hashable {
  case link(instance: String)
  case bind(instance: String)
  case repository(instance: String)
  case rule(repository: String, instance: String)

  /// As the file beside the workspace has it.
  var key: String {
    switch self {
    case .link(let id): "link \(id)"
    case .bind(let id): "bind \(id)"
    case .repository(let id): "repository \(id)"
    case .rule(let repository, let id): "rule \(id) \(repository)"
    }
  }

  init?(key: String) {
    let parts = key.split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    switch parts[0] {
    case "link": self = .link(instance: parts[1])
    case "bind": self = .bind(instance: parts[1])
    case "repository": self = .repository(instance: parts[1])
    case "rule":
      let ids = parts[1].split(separator: " ", maxSplits: 1).map(String.init)
      guard ids.count == 2 else { return nil }
      self = .rule(repository: ids[1], instance: ids[0])
    default: return nil
    }
  }

  var instance: String {
    switch self {
    case .link(let id), .bind(let id), .repository(let id), .rule(_, let id): id
    }
  }

  var title: Phrase {
    switch self {
    case .link: Phrase("Create a link", "创建链路")
    case .bind: Phrase("Private GitLab", "私有GitLab")
    case .repository: Phrase("Create a repository", "创建镜像仓库")
    case .rule: Phrase("Add a build rule", "添加构建规则")
    }
  }
}

/// A form whose fields outlive a dropped line; never a token.
@ScreenActor
protocol KeptForm: AnyObject {
  func keep()
}

extension App {
  /// The line hung up, or the program is told to end: keeps half-filled forms.
  public func keepForms() {
    for case let form as any KeptForm in display.layers.layers { form.keep() }
  }

  /// A form that was left half filled and whose instance is still here.
  var keptForm: FormName? {
    guard let workspace else { return nil }
    return memory.forms(of: workspace).first { hasInstance($0.instance) && isHere($0) }
  }

  /// Whether what the form is of is still here.
  private func isHere(_ form: FormName) -> Bool {
    guard case .rule(let repository, _) = form else { return true }
    return (try? reading?.repository(repository)) != nil
  }

  /// Goes on with a form that was left half filled; nil where there is none.
  var resumption: Action? {
    keptForm.map { form in
      let name = instanceName(form.instance)
      return Action(
        .resume, "go on with the half-filled form “\(form.title.en)” of \(name)",
        "继续填写 \(name) 的“\(form.title.zh)”表单"
      ) { [unowned self] in
        switch form {
        case .link(let id): open(LinkDialog(app: self, creatingFor: id))
        case .bind(let id): open(BindDialog(app: self, instance: id))
        case .repository(let id): open(RepositoryDialog(app: self, creatingIn: id))
        case .rule(let repository, _): open(RuleDialog(app: self, addingTo: repository))
        }
      }
    }
  }

  /// Says at the start that a form waits.
  func offerKeptForm() {
    guard let form = keptForm else { return }
    let key = key(.resume)
    let name = instanceName(form.instance)
    say(
      Phrase(
        "“\(form.title.en)” of \(name) was left half filled: \(key) goes on with it.",
        "\(name) 的“\(form.title.zh)”表单未填完：按 \(key) 继续。"))
  }
}

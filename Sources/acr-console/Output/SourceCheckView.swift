import SecureBuild

/// What GitLab and the places of base images said of a rule.
struct SourceCheckView: Presentable {
  private let check: SourceCheck
  /// Nil for one that isn't there yet.
  private let rule: String?
  private let repository: Repository
  private let at: Timestamp
  private let by: Actor

  init(_ check: SourceCheck, rule: String?, repository: Repository, by actor: Actor) {
    self.check = check
    self.rule = rule
    self.repository = repository
    at = SystemClock().now()
    by = actor
  }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Build rule", "构建规则")) { view, _ in view.rule ?? "" },
      Column(Phrase("Repository", "镜像仓库")) { view, _ in view.repository.path },
      Column(Phrase("Project", "项目")) { view, _ in view.check.project },
      Column(Phrase("Branch/Tag", "Branch/Tag")) { view, language in
        guard let ref = view.check.ref else { return Phrase("not found", "未找到")(language) }
        return ref + (view.check.commitId.map { ", \($0)" } ?? "")
      },
      Column(Phrase("Matches now", "当前匹配"), width: .max) { view, _ in
        view.check.matching.map { "\($0.name) → \($0.imageTag)" }.joined(separator: ", ")
      },
      Column(Phrase("Dockerfile", "Dockerfile")) { view, _ in view.check.dockerfile },
      Column(Phrase("Notes", "提示"), width: .max) { view, language in
        view.check.notes.map { $0(language) }.joined(separator: " ")
      },
      Column(Phrase("Verdict", "结论")) { view, language in
        let count = view.check.problems.count
        return
          (count == 0
          ? Phrase("it can be built", "可以构建")
          : Phrase("\(count) thing\(count == 1 ? "" : "s") in the way", "有 \(count) 个问题"))(language)
      },
    ]
  }

  /// Every base image with ✓ or ✗, and from where.
  func tables(_ language: Language) -> String {
    guard !check.baseImages.isEmpty else { return "" }
    let headings = [Phrase("  Base image", "  基础镜像"), Phrase("Line", "行"), Phrase("From", "来源")]
    let rows = check.baseImages.map { image in
      let (mark, from): (String, String) =
        switch image.availability {
        case .found(let base): ("✓", "\(base.origin.title(language)): \(base.from)")
        case .missing(let tried): ("✗", tried.map { "\($0.place): \($0.answer)" }.joined(separator: "; "))
        case .unknown(let why): ("?", why(language))
        }
      return ["\(mark) \(image.name)", image.lines.map(String.init).joined(separator: ","), from]
    }
    return "\n" + TextTable.text([headings.map { $0(language) }] + rows)
  }

  func json(_ language: Language) -> JSONText {
    [
      "BuildRuleId": .optional(rule), "RepoId": .string(repository.id), "Project": .string(check.project),
      "Ref": .optional(check.ref), "CommitId": .optional(check.commitId), "Dockerfile": .string(check.dockerfile),
      "Matching": .array(
        check.matching.map { ["Name": .string($0.name), "ImageTag": .string($0.imageTag)] }),
      "BaseImages": .array(check.baseImages.map { $0.json(language) }),
      "Problems": .array(check.problems.map { $0.json(language) }),
      "Notes": .array(check.notes.map { .string($0(language)) }), "Known": .string(Known.tried.rawValue),
      "At": .string(at.description), "By": .string(by.name),
    ]
  }
}

extension BaseImageCheck {
  fileprivate func json(_ language: Language) -> JSONText {
    var (state, base, tried, why): (String, BaseImage?, [BaseImageFinding.Attempt], Phrase?) = ("", nil, [], nil)
    switch availability {
    case .found(let found): (state, base) = ("FOUND", found)
    case .missing(let places): (state, tried) = ("MISSING", places)
    case .unknown(let reason): (state, why) = ("UNKNOWN", reason)
    }
    return [
      "Name": .string(name), "Lines": .array(lines.map(JSONText.number)), "State": .string(state),
      "Digest": .optional(base?.digest), "Origin": .optional(base?.origin.rawValue), "From": .optional(base?.from),
      "Tried": .array(tried.map { ["Place": .string($0.place), "Answer": .string($0.answer)] }),
      "Message": .optional(why?(language)),
    ]
  }
}

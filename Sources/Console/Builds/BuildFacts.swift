import SecureBuild
import TerminalUI

/// All that is known of a build, above its log: how it stands, its stages, what it was made of and what it made, why it
/// failed, what it was refused. Where there isn't room for all, the least useful gives way.
@ScreenActor
struct BuildFacts {
  let app: App
  let record: BuildRecord
  /// Whether the link could let out to what was refused.
  let canAllow: Bool

  func draw(_ lines: inout Lines, room: Int, on canvas: inout Canvas) {
    let start = lines.y
    drawStanding(&lines, on: &canvas)
    drawStages(&lines, on: &canvas)
    facts.draw(&lines, room: room - (lines.y - start), on: &canvas)
  }

  private func drawStanding(_ lines: inout Lines, on canvas: inout Canvas) {
    let standing = record.standing
    let took = record.duration(at: app.now).map { " · " + app.text($0) } ?? ""
    let y = lines.y
    let end = canvas.put(
      "\(standing.shape) \(app.text(standing.words))\(took)", x: lines.area.x, y: y, standing.role,
      width: lines.area.width)
    let room = max(0, lines.area.maxX - end - 2)
    // As much as there is whole: half of a word says nothing.
    let whole = [record.source, app.text(record.request.trigger.title), record.request.by]
    let parts = [whole, [whole[0], whole[2]], [whole[0]]].map { $0.joined(separator: " · ") }
    canvas.put(
      parts.first { CellWidth.of($0) <= room } ?? parts[2], x: end + 2, y: y, .textMuted, width: room, cut: .middle)
    lines.skip(to: y + 1)
  }

  /// `✓ Prepare 0.2 s  ✓ Clone 1.1 s  ▸ Build 12 s  · Push`, in as many rows as it needs.
  private func drawStages(_ lines: inout Lines, on canvas: inout Canvas) {
    guard record.startTime != nil else { return }
    var (x, y) = (lines.area.x, lines.y)
    for stage in record.stages {
      let (shape, role) = stage.status.mark
      let took = stage.duration(at: app.now).map { " " + app.text($0) } ?? ""
      let text = "\(shape) \(app.text(stage.name.title))\(took)"
      if x > lines.area.x, x + CellWidth.of(text) > lines.area.maxX { (x, y) = (lines.area.x, y + 1) }
      guard y < lines.area.maxY else { break }
      x = canvas.put(text, x: x, y: y, role, width: lines.area.maxX - x) + 3
    }
    lines.skip(to: y + 1)
  }

  private var facts: Facts {
    var facts = Facts(label: app.language == .chinese ? 10 : 12)
    addEnd(to: &facts)
    addRefused(to: &facts)
    addImage(to: &facts)
    if record.request.engine == .kubernetes {
      let key = app.key(.cluster)
      facts.pair(
        app.text(Phrase("Engine", "引擎")),
        app.text(
          Phrase(
            "Kubernetes: as closed as its cluster keeps it (\(key))", "Kubernetes：隔离程度取决于集群（按 \(key) 查看）")), rank: 6)
    }
    for base in record.baseImages {
      facts.pair(
        app.text(Phrase("Base image", "基础镜像")),
        "\(base.name) · \(Self.short(base.digest)) · \(app.text(base.origin.title))", rank: 7)
    }
    if let stage = record.stages.last(where: { $0.status == .running }), !stage.allowed.isEmpty {
      let list = stage.allowed.map(\.description).joined(separator: ", ")
      facts.pair(app.text(Phrase("Let out to", "放行地址")), list, rank: 6)
    }
    if app.isTraining {
      facts.add(
        app.text(Phrase("A training build: nothing of it is at the vendor's.", "演练构建：与厂商侧无关。")), .textMuted,
        mark: "·", rank: 9)
    }
    return facts
  }

  private func addEnd(to facts: inout Facts) {
    if record.status == .pending {
      facts.add(app.text(Phrase("Waits for its turn.", "正在排队。")), .textMuted, mark: "·", rank: 1)
    }
    if record.isOrphaned {
      facts.add(
        app.text(Phrase("The next runner ends it, and clears what it left.", "将由下一个运行器收尾，并清理其遗留内容。")), .text, mark: "→",
        rank: 0)
    }
    guard let failure = record.failure else { return }
    facts.add(
      app.text(failure.message), record.status == .cancel ? .statusWarn : .statusError,
      mark: record.status == .cancel ? "–" : "✗", rank: 0)
    facts.add(app.text(failure.mend), .text, mark: "→", rank: 1)
  }

  private func addRefused(to facts: inout Facts) {
    guard !record.refused.isEmpty else { return }
    for refused in record.refused.prefix(3) {
      facts.add(app.text(refused.sentence), .statusWarn, mark: "⚠", rank: 2)
    }
    if record.refused.count > 3 {
      let rest = record.refused.count - 3
      facts.add(
        app.text(Phrase("and \(rest) more places", "以及另外 \(rest) 处")), .statusWarn, mark: "⚠", rank: 5)
    }
    let key = app.key(.allowAddress)
    if canAllow {
      facts.add(
        app.text(
          Phrase("Should the build reach it? \(key) adds it to the allowed IPs.", "构建需要访问它？按 \(key) 加入链路的放行 IP。")),
        .text,
        mark: "→", rank: 3)
    } else if record.refused.contains(where: \.isNameLookup) {
      facts.add(
        app.text(
          Phrase(
            "Names are only those of the link's host names (\(app.key(.links))).",
            "只能解析链路中填写的主机名（按 \(app.key(.links)) 查看）。")), .text, mark: "→", rank: 3)
    }
  }

  private func addImage(to facts: inout Facts) {
    if let image = record.image {
      let place = image.references.first ?? record.imageName
      facts.pair(app.text(Phrase("Image", "镜像")), "\(place) · \(Moments.size(image.size))", rank: 3)
      facts.pair(app.text(Phrase("Digest", "摘要值")), image.digest, rank: 4)
    }
    if let commit = record.commitId { facts.pair("Commit", commit, rank: 5) }
  }

  /// `sha256:1a2b3c4d5e6f`, enough to know one by.
  private static func short(_ digest: String) -> String { String(digest.prefix(19)) }
}

extension RefusedConnection {
  /// Who was refused what, and by whom.
  var sentence: Phrase {
    let many = count == 1 ? "1 connection" : "\(count) connections"
    return isNameLookup
      ? Phrase("\(many) to \(place) (a name was looked up) refused", "\(count) 次到 \(place) 的连接（域名解析）被拒绝")
      : Phrase("\(many) to \(place) refused by the managed group", "托管安全组拒绝了 \(count) 次到 \(place) 的连接")
  }
}

import SecureBuild
import TerminalUI

/// What of a build is a table of its own for people: its stages, its base images, what was refused.
extension BuildView {
  /// All of them, each after an empty line; nothing for what there is none of.
  /// - Parameter link: the link that the build went over, to say how it lets out more.
  func tables(_ language: Language, link: String?) -> String {
    let parts = [stages(language), baseImages(language), refused(language, link: link)]
    return parts.filter { !$0.isEmpty }.map { "\n" + $0 }.joined()
  }

  private func stages(_ language: Language) -> String {
    let headings = [
      Phrase("Stage", "阶段"), Phrase("Status", "状态"), Phrase("Began", "开始"), Phrase("Took", "耗时"),
      Phrase("Let out to", "放行地址"),
    ]
    let rows = record.stages.map { stage in
      [
        "\(stage.status.mark) \(stage.name.title(language))", stage.status.title(language),
        stage.startTime?.description ?? "",
        stage.startTime.map { Elapsed.text(from: $0, to: stage.endTime ?? now)(language) } ?? "",
        stage.allowed.map(\.description).joined(separator: ", "),
      ]
    }
    return TextTable.text([headings.map { $0(language) }] + rows)
  }

  private func baseImages(_ language: Language) -> String {
    guard !record.baseImages.isEmpty else { return "" }
    let headings = [Phrase("Base image", "基础镜像"), Phrase("Digest", "摘要值"), Phrase("From", "来源")]
    return TextTable.text(
      [headings.map { $0(language) }]
        + record.baseImages.map { [$0.name, $0.digest, "\($0.origin.title(language)): \($0.from)"] })
  }

  private func refused(_ language: Language, link: String?) -> String {
    guard !record.refused.isEmpty else { return "" }
    let lines = record.refused.map { refused in
      let place = refused.place
      let times = refused.count
      return Phrase(
        "\(times) connection\(times == 1 ? "" : "s") to \(place) refused by the managed group",
        "托管安全组拒绝了 \(times) 次到 \(place) 的连接")(language)
    }
    var text = lines.map { Printable.text($0) + "\n" }.joined()
    if let link, let first = record.refused.first {
      let command = "acr-console link edit \(link) --allow \(first.ip)"
      text +=
        Phrase(
          "→ If the build is to reach it, add it to the allowed IPs: `\(command)`", "→ 如需放行，请添加到放行 IP：`\(command)`")(
          language)
        + "\n"
    }
    return text
  }
}

extension RefusedConnection {
  /// `10.0.0.9:443/tcp`, `[2001:db8::1]:53/udp`, `10.0.0.9 icmp`.
  var place: String {
    guard let port else { return "\(ip) \(`protocol`)" }
    return "\(Endpoint(address: ip, port: port))/\(`protocol`)"
  }
}

extension StageStatus {
  var mark: String {
    switch self {
    case .waiting: "·"
    case .running: "▸"
    case .success: "✓"
    case .fail: "✗"
    case .cancel: "-"
    }
  }

  var title: Phrase {
    switch self {
    case .waiting: Phrase("waiting", "等待")
    case .running: Phrase("running", "进行中")
    case .success: Phrase("done", "完成")
    case .fail: Phrase("failed", "失败")
    case .cancel: Phrase("cancelled", "已取消")
    }
  }
}

extension BaseImage.Origin {
  var title: Phrase {
    switch self {
    case .registry: Phrase("registry", "镜像服务")
    case .mirror: Phrase("mirror", "加速地址")
    case .archive: Phrase("imported", "已导入")
    }
  }
}

/// How long something took, in words.
enum Elapsed {
  static func text(from start: Timestamp, to end: Timestamp) -> Phrase {
    let milliseconds = max(0, end.milliseconds - start.milliseconds)
    let seconds = milliseconds / 1000
    if seconds < 60 {
      let text = "\(seconds).\(milliseconds % 1000 / 100)"
      return Phrase("\(text) s", "\(text) 秒")
    }
    if seconds < 3600 { return Phrase("\(seconds / 60) min \(seconds % 60) s", "\(seconds / 60) 分 \(seconds % 60) 秒") }
    return Phrase("\(seconds / 3600) h \(seconds / 60 % 60) min", "\(seconds / 3600) 小时 \(seconds / 60 % 60) 分")
  }
}

/// How much something is, in the largest unit that fits.
enum ByteCount {
  static func text(_ bytes: Int) -> String {
    if bytes < 1024 { return "\(bytes) B" }
    let exponent = bytes >= 1 << 30 ? 3 : bytes >= 1 << 20 ? 2 : 1
    let tenths = bytes * 10 / (1 << (10 * exponent))
    return "\(tenths / 10).\(tenths % 10) \(["KiB", "MiB", "GiB"][exponent - 1])"
  }
}

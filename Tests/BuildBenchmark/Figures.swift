import Foundation

/// What was measured, a value a round.
struct Figures {
  private var byHand: [Duration] = []
  private var confined: [Duration] = []
  private var stages: [String: [Duration]] = [:]

  mutating func add(byHand: Duration, confined: Duration, stages: [String: Duration]) {
    self.byHand.append(byHand)
    self.confined.append(confined)
    for (name, time) in stages { self.stages[name, default: []].append(time) }
  }

  var report: String {
    let (hand, held) = (Self.median(byHand), Self.median(confined))
    let over = held - hand * 1.05
    var rows = [
      "| | median | ÷ by hand |", "| --- | ---: | ---: |",
      "| by hand: git clone, buildah build, push | \(Self.seconds(hand)) | 1 |",
      "| `build start --wait`, confined | \(Self.seconds(held)) | \(Self.ratio(held / hand)) |",
    ]
    for name in ["PREPARE", "CLONE", "BASE_IMAGES", "BUILD", "PUSH"] {
      guard let times = stages[name] else { continue }
      rows.append(
        "| – of it \(name) | \(Self.seconds(Self.median(times))) | \(Self.ratio(Self.median(times) / hand)) |")
    }
    return rows.joined(separator: "\n")
      + "\n\nOver 1.05 × by hand: \(Self.seconds(over)) (goal ≤ 0.20 s: \(over <= .milliseconds(200) ? "yes" : "no")); "
      + "\(byHand.count) rounds."
  }

  static func median(_ values: [Duration]) -> Duration { values.sorted()[values.count / 2] }
  static func seconds(_ time: Duration) -> String { String(format: "%.2f s", time / .seconds(1)) }
  private static func ratio(_ value: Double) -> String { String(format: "%.2f", value) }
}

/// What `build start --wait --format json` printed.
struct BuiltRecord: Decodable {
  private struct Stage: Decodable { let Name, StartTime, EndTime: String }
  private let BuildStatus: String
  private let Stages: [Stage]

  init(_ text: String) throws {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let answer = lines.drop { !$0.hasPrefix("{") }.joined(separator: "\n")
    self = try JSONDecoder().decode(BuiltRecord.self, from: Data(answer.utf8))
  }

  /// How long each stage took.
  var stages: [String: Duration] {
    let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    var times: [String: Duration] = [:]
    for stage in Stages {
      guard let start = try? format.parse(stage.StartTime), let end = try? format.parse(stage.EndTime) else { continue }
      times[stage.Name] = .seconds(end.timeIntervalSince(start))
    }
    return times
  }
}

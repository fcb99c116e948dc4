import FlatFiles

/// One answer of the vendor's API, told by its shape.
struct VendorAnswer: Sendable {
  let call: VendorCall
  let file: ImportedFile
  /// Where it begins in the file.
  let offset: Int
  /// All of it, as it was answered.
  let top: VendorObject
  let entries: [VendorObject]

  /// What a call's answer says of itself, and not of the thing that it describes.
  private static let envelope: Set = [
    "RequestId", "Code", "IsSuccess", "Success", "Message", "NextToken", "TotalCount", "PageNo", "PageNumber",
    "PageSize",
  ]

  /// The members of an answer that count, and are reckoned with.
  private static let counts = ["TotalCount", "PageNumber", "PageNo", "PageSize"]

  init(_ json: JSONValue, at offset: Int, of file: ImportedFile) throws(Refusal) {
    let top = VendorObject(json)
    guard top.flag("IsSuccess") != false, let call = VendorCall.allCases.first(where: { $0.matches(json) }) else {
      throw file.refusal(
        at: offset, Phrase("this is no answer that can be imported", "这不是可导入的接口返回"))
    }
    self.call = call
    self.file = file
    self.offset = offset
    self.top = top
    let values: [JSONValue] =
      switch call.shape {
      case .array(let list): top.list(list) ?? []
      case .wrapped(let container, let list): top.list(container, list) ?? []
      case .object(let member): top.object(member).map { [$0.json] } ?? []
      case .top:
        if case .object(let members) = json {
          [.object(members.filter { !Self.envelope.contains($0.key) })]
        } else {
          []
        }
      }
    entries = values.map(VendorObject.init)
    for name in Self.counts {
      // The vendor's API has them in 32 bits.
      guard let text = top.text(name), !(Int(text).map { (0...Int(Int32.max)).contains($0) } ?? false) else { continue }
      throw file.refusal(
        at: JSONValue.offset(of: [.member(name)], from: offset, in: file.bytes),
        Phrase("\(name) is no count", "\(name) 不是有效的数量"))
    }
    for index in entries.indices {
      guard case .object = entries[index].json else {
        throw refusal(of: index, Phrase("an object is expected", "此处应为对象"))
      }
    }
  }

  /// Why an entry makes no sense, at its place.
  func refusal(of index: Int, _ what: Phrase) -> Refusal {
    let path: [JSONStep] =
      switch call.shape {
      case .array(let list): [.member(list), .element(index)]
      case .wrapped(let container, let list): [.member(container), .member(list), .element(index)]
      case .object(let member): [.member(member)]
      case .top: []
      }
    return file.refusal(at: JSONValue.offset(of: path, from: offset, in: file.bytes), what)
  }

  /// What asks for the rest; nil where nothing is left, or the answer doesn't say.
  var nextToken: String? { top.text("NextToken") }
  var totalCount: Int? { top.integer("TotalCount") }
  var pageNumber: Int? { (top.integer("PageNumber") ?? top.integer("PageNo")).flatMap { $0 > 0 ? $0 : nil } }
  var pageSize: Int? { top.integer("PageSize").flatMap { $0 > 0 ? $0 : nil } }
  /// The region that all of it is of, where the answer says so at its top.
  var regionId: String? { top.text("RegionId") }
}

/// Answers of the vendor's API, read from files.
public struct VendorAnswers: Sendable {
  let answers: [VendorAnswer]

  /// Reads all answers of all files; a file may hold several, one after the other.
  /// - Throws: `Refusal` that names file, line and column of what is no answer; or that it was cancelled.
  public init(reading files: [ImportedFile], progress: (ImportProgress) -> Void = { _ in }) throws(Refusal) {
    var answers: [VendorAnswer] = []
    let total = files.reduce(0) { $0 + $1.bytes.count }
    var behind = 0
    for file in files {
      var place = 0
      while let document = try file.document(from: place) {
        answers.append(try VendorAnswer(document.value, at: document.range.lowerBound, of: file))
        place = document.range.upperBound
        progress(.read(behind + place, of: total))
        if Task.isCancelled { throw Refusal(CancellationError()) }
      }
      guard place > 0 else { throw file.refusal(at: 0, Phrase("there is nothing in it", "内容为空")) }
      behind += file.bytes.count
    }
    self.answers = answers
  }

  /// How many entries there are in all answers.
  public var count: Int { answers.reduce(0) { $0 + $1.entries.count } }
}

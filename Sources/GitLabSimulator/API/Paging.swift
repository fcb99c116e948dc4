import HTTPTypes
import Hummingbird

extension APICall {
  /// Past this many, GitLab no longer counts (X-Total, X-Total-Pages and the last page's link are missing).
  static let countLimit = 10_000

  private func perPage() throws(APIFault) -> Int {
    let perPage = try number("per_page") ?? 20
    guard perPage > 0 else { throw .badParameter("per_page does not have a valid value") }
    return min(perPage, 100)
  }

  /// One page by its number, with the headers of GitLab's offset paging.
  func page<Item>(_ items: [Item], _ encode: (Item) -> JSON) throws(APIFault) -> Response {
    let perPage = try perPage()
    let page = max(try number("page") ?? 1, 1)
    let start = min((page - 1) * perPage, items.count)
    let end = min(start + perPage, items.count)
    let next = end < items.count ? page + 1 : nil
    let isCounted = items.count <= Self.countLimit
    let last = max((items.count + perPage - 1) / perPage, 1)
    let previous = page > 1 && page <= last + 1 ? page - 1 : nil

    func link(_ page: Int, _ relation: String) -> String {
      "<\(href(["page": String(page), "per_page": String(perPage)]))>; rel=\"\(relation)\""
    }
    var links: [String] = []
    if let previous { links.append(link(previous, "prev")) }
    if let next { links.append(link(next, "next")) }
    links.append(link(1, "first"))
    if isCounted { links.append(link(last, "last")) }

    var headers: HTTPFields = [:]
    headers["Link"] = links.joined(separator: ", ")
    headers["X-Next-Page"] = next.map(String.init) ?? ""
    headers["X-Page"] = String(page)
    headers["X-Per-Page"] = String(perPage)
    headers["X-Prev-Page"] = previous.map(String.init) ?? ""
    if isCounted {
      headers["X-Total"] = String(items.count)
      headers["X-Total-Pages"] = String(last)
    }
    return Response(.array(items[start..<end].map(encode)), headers: headers)
  }

  /// One page by the id it begins after: no counts, and a link to the next as long as this one isn't empty.
  /// - Parameter items: all of them, in the order asked for.
  func keysetPage<Item: Identifiable<Int>>(
    _ items: [Item], descending: Bool, _ encode: (Item) -> JSON
  ) throws(APIFault) -> Response {
    let shown = items.prefix(try perPage())
    var headers: HTTPFields = [:]
    if let last = shown.last {
      let next = href([descending ? "id_before" : "id_after": String(last.id)])
      headers["Link"] = "<\(next)>; rel=\"next\""
    }
    return Response(.array(shown.map(encode)), headers: headers)
  }

  /// This request's address with other parameters, in the order of their names.
  private func href(_ changes: [String: String]) -> String {
    var query = query
    query["private_token"] = nil
    query.merge(changes) { _, new in new }
    let text = query.sorted { $0.key < $1.key }.map { "\(Self.encode($0.key))=\(Self.encode($0.value))" }
    let path = request.uri.path.dropFirst(site.path.count)
    return "\(url)\(path)?\(text.joined(separator: "&"))"
  }

  private static func encode(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95, 126: String(Unicode.Scalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}

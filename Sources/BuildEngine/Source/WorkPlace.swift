/// A folder that has two paths: one for the programs of the cell, one for this process.
struct WorkPlace: Sendable, Equatable {
  let inside: String
  let outside: String

  func folder(_ name: String) -> WorkPlace { WorkPlace(inside: "\(inside)/\(name)", outside: "\(outside)/\(name)") }
}

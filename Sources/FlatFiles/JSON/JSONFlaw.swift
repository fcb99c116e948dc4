/// Where text stops being JSON, in bytes from its beginning, and what should have stood there.
package struct JSONFlaw: Error, Hashable {
  package let offset: Int
  package let expected: String

  /// What is expected in the place of a member's name that is there already.
  static let anotherName = "another name"
}

/// Where text stops being JSON, in bytes from its beginning, and what should have stood there.
package struct JSONFlaw: Error, Hashable {
  package let offset: Int
  package let expected: String
}

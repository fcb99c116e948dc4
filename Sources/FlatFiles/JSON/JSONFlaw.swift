/// Where text stops being JSON, in bytes from its beginning, and what should have stood there.
struct JSONFlaw: Error, Hashable {
  let offset: Int
  let expected: String
}

/// How long and how much a request to GitLab may take.
struct Limits: Sendable {
  /// Until the connection stands, TLS with it.
  var connect = Duration.seconds(5)
  /// Until the whole answer is there.
  var answer = Duration.seconds(10)
  /// Bytes of an answer about one thing.
  var body = 64 << 10
  /// Bytes of an answer that lists a page of things.
  var page = 2 << 20
  /// Bytes of a file.
  var file = 1 << 20
}

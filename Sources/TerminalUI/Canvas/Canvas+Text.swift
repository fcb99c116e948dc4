extension Canvas {
  /// The rows as text without blanks at their ends: what golden screens hold.
  public var lines: [String] {
    (0..<size.height).map { y in
      var line = ""
      for x in 0..<size.width { line += self[x, y].text }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Every run of cells of one role that isn't `page`: `row,column role "text"`, to check roles in a golden screen.
  public var roleRuns: [String] {
    (0..<size.height).flatMap { y in
      var runs: [String] = []
      var x = 0
      while x < size.width {
        let role = self[x, y].role
        var text = ""
        let start = x
        while x < size.width, self[x, y].role == role {
          text += self[x, y].text
          x += 1
        }
        if role != .page { runs.append("\(y),\(start) \(role.rawValue) \"\(text)\"") }
      }
      return runs
    }
  }
}

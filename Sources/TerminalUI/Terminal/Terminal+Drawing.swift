import CNcurses
import CTerminal
import Glibc

extension Terminal {
  /// Flushes what differs from the canvas shown before. Many rows go one by one: given at once, ncurses moves rows by
  /// the terminal's own scrolling (SU, SD), which it does for three or more, and not every emulator that calls itself
  /// xterm knows that. What one misses it shows wrong until the next full redraw. On a cleared screen there is nothing to
  /// move: all goes at once.
  func show(_ canvas: Canvas) {
    let width = canvas.size.width
    let before = shown?.size == canvas.size ? shown?.cells : nil
    var waiting = 0
    leaveok(acr_stdscr(), true)
    for y in 0..<canvas.size.height {
      let row = y * width..<(y + 1) * width
      var changed = row
      if let before {
        guard let part = Self.changed(from: before, to: canvas.cells, in: row) else { continue }
        changed = part
      }
      put(canvas.cells[changed], x: changed.lowerBound - row.lowerBound, y: y)
      waiting += 1
      if waiting == 2, !clears {
        wrefresh(acr_stdscr())
        waiting = 0
      }
    }
    leaveok(acr_stdscr(), canvas.cursor == nil)
    shown = canvas
    place(canvas.cursor.flatMap { Rect(canvas.size).contains($0) ? $0 : nil })
    wrefresh(acr_stdscr())
    clears = false
    flush()
  }

  /// The cells of a row from the first to the last that differ, whole wide characters.
  ///
  /// Isolated to nothing, and without closures: for every call of an isolated one the runtime would look at the thread.
  nonisolated static func changed(from old: [Cell], to new: [Cell], in row: Range<Int>) -> Range<Int>? {
    var first = row.lowerBound
    while first < row.upperBound, old[first] == new[first] { first += 1 }
    guard first < row.upperBound else { return nil }
    var last = row.upperBound - 1
    while old[last] == new[last] { last -= 1 }
    while first > row.lowerBound, new[first].isContinuation { first -= 1 }
    while last + 1 < row.upperBound, new[last + 1].isContinuation { last += 1 }
    return first..<last + 1
  }

  private func put(_ cells: ArraySlice<Cell>, x: Int, y: Int) {
    guard let first = cells.first else { return }
    row.removeAll(keepingCapacity: true)
    var look = first.lookIndex
    var blank = palette.blank(look)
    for index in cells.indices {
      let cell = cells[index]
      if cell.isContinuation { continue }
      if cell.lookIndex != look {
        look = cell.lookIndex
        blank = palette.blank(look)
      }
      let base = cell.scalar(0)
      if base < 0x80 {
        blank.chars.0 = wchar_t(base)
        row.append(blank)
        continue
      }
      let isWide = index + 1 < cells.endIndex && cells[index + 1].isContinuation
      // A character on whose width the C library differs would shift the rest of the row.
      if isUTF8, acr_character_width(base) == (isWide ? 2 : 1) {
        var marked = blank
        marked.chars = (wchar_t(base), wchar_t(cell.scalar(1)), wchar_t(cell.scalar(2)), 0, 0)
        row.append(marked)
      } else {
        for scalar in ASCIIFallback.scalars(base, isWide: isWide) {
          blank.chars.0 = wchar_t(scalar.value)
          row.append(blank)
        }
      }
    }
    wmove(acr_stdscr(), Int32(y), Int32(x))
    row.withUnsafeBufferPointer { _ = wadd_wchnstr(acr_stdscr(), $0.baseAddress, Int32($0.count)) }
  }

  /// Shows the cursor there, or hides it.
  private func place(_ cursor: Point?) {
    if let cursor { wmove(acr_stdscr(), Int32(cursor.y), Int32(cursor.x)) }
    guard (cursor != nil) != isCursorShown else { return }
    isCursorShown = cursor != nil
    curs_set(isCursorShown ? 1 : 0)
  }
}

import Synchronization

/// Rows of a table as they were measured and drawn last, so that a step measures and draws only what it changes. What is
/// kept is compared with what is asked for: it is never wrong, only sometimes missing.
final class RowPictures: Sendable {
  /// A class, for rows are looked at with every frame: one reference is handed about instead of four.
  private final class Kept: Sendable {
    let cells: [TableCell]
    let widths: [Int]
    /// The columns' widths that `picture` was drawn for.
    let drawnWidths: [Int]
    let picture: [Cell]

    init(_ cells: [TableCell], _ widths: [Int], drawnWidths: [Int] = [], picture: [Cell] = []) {
      (self.cells, self.widths) = (cells, widths)
      (self.drawnWidths, self.picture) = (drawnWidths, picture)
    }
  }

  private let kept = Mutex(RecentRows<Kept>(512))
  private let titles = Mutex<[(column: Int, area: Rect)]>([])

  /// Where the columns' titles were drawn.
  func keepTitles(_ places: [(column: Int, area: Rect)]) { titles.withLock { $0 = places } }

  /// The column whose title was drawn last at this place.
  func column(at point: Point) -> Int? {
    titles.withLock { $0.first { $0.area.contains(point) }?.column }
  }

  /// How wide each column has to be for its title and these rows.
  func widths(of rows: [[TableCell]], from first: Int, _ columns: [TableColumn]) -> [Int] {
    var widths = columns.map { CellWidth.of($0.title) }
    kept.withLock { kept in
      for (offset, cells) in rows.enumerated() {
        let known = kept[first + offset]
        var row = known?.widths ?? []
        if known?.cells != cells {
          row = cells.map { CellWidth.of($0.text) }
          kept[first + offset] = Kept(cells, row)
        }
        for column in widths.indices where column < row.count { widths[column] = max(widths[column], row[column]) }
      }
    }
    return widths
  }

  /// The rows' pictures, for which `widths(of:from:_:)` has been asked just before.
  /// - Parameter draw: draws a row on a canvas of its own.
  func pictures(
    of rows: [[TableCell]], from first: Int, widths: [Int], width: Int, draw: ([TableCell], inout Canvas) -> Void
  ) -> [[Cell]] {
    kept.withLock { kept in
      rows.enumerated().map { offset, cells in
        if let row = kept[first + offset], row.drawnWidths == widths, row.picture.count == width, row.cells == cells {
          return row.picture
        }
        var canvas = Canvas(size: Size(width: width, height: 1))
        draw(cells, &canvas)
        if let row = kept[first + offset] {
          kept[first + offset] = Kept(row.cells, row.widths, drawnWidths: widths, picture: canvas.cells)
        }
        return canvas.cells
      }
    }
  }
}

extension RowPictures: Equatable {
  /// Tables don't differ by what they remember.
  static func == (a: RowPictures, b: RowPictures) -> Bool { true }
}

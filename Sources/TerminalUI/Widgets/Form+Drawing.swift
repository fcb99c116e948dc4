extension Form {
  /// Rows that it takes at this width, buttons and the blank row above them included.
  public func height(width: Int) -> Int { blocks(width: width).reduce(2) { $0 + $1.height } }

  /// Labels stand whole, or two might read alike: beside the inputs, or each in a row above its input where these would
  /// have little room.
  private func labels(_ width: Int) -> FormLayout.Labels {
    let widest = fields.filter { !$0.isHidden }.map { CellWidth.of($0.label) }.max() ?? 0
    let isBeside = widest + 4 <= width / 3 || Self.inputWidth(width, indent: widest + 4) >= 30
    return isBeside ? .beside(widest + 4) : .above
  }

  static func inputWidth(_ width: Int, indent: Int) -> Int { max(4, width - indent - 1) }

  /// - Parameter limit: the most lines that may be below the field with the focus.
  private func blocks(width: Int, limit: Int = 6) -> [FormLayout.Block] {
    let labels = labels(width)
    let input = Self.inputWidth(width, indent: labels.indent)
    let focused = focusedIndex
    var row = 0
    return fields.indices.filter { !fields[$0].isHidden }.map { index in
      var notes = notes(index, width: input - 2, isOn: index == focused, limit: limit - labels.rows)
      // Labels above tell one field from the next.
      if notes.isEmpty, labels.rows == 0 { notes = [""] }
      let block = FormLayout.Block(
        id: fields[index].id, index: index, row: row, labelHeight: labels.rows,
        inputHeight: fields[index].inputHeight(width: input), notes: notes)
      row += block.height
      return block
    }
  }

  /// What is below a field: its error, else its help while it has the focus.
  private func notes(_ index: Int, width: Int, isOn: Bool, limit: Int) -> [String] {
    let field = fields[index]
    let text = field.error.map { "✗ \($0)" } ?? (isOn ? field.help : "")
    guard !text.isEmpty else { return [] }
    return Paragraph.fitted(Paragraph.lines(text, width: width), rows: isOn ? limit : min(3, limit), width: width)
  }

  /// The rows of the buttons and, where there is room for it, a blank one above them.
  private static func foot(_ height: Int) -> Int { height < 8 ? 1 : 2 }

  /// - Parameter notes: how many lines are to stand between the fields and the buttons.
  private func layout(in area: Rect, notes: Int, bounds: Rect) -> FormLayout {
    let labels = labels(area.width)
    let height = area.height - Self.foot(area.height)
    let blocks = blocks(width: area.width, limit: max(1, min(6, height - 1)))
    let rows = blocks.reduce(0) { $0 + $1.height }
    let focused = focusedIndex.flatMap { index in blocks.first { $0.index == index } }
    // The fields come first: notes get what they leave, or a third of a window that is too small for all, as long as
    // the field with the focus shows whole.
    let noteCount = min(notes, max(0, height - rows, min(height / 3, height - (focused?.height ?? 1))))
    let room = max(1, height - noteCount)
    var top = 0
    if rows > room {
      // The row that the keys are in, in the middle.
      let width = Self.inputWidth(area.width, indent: labels.indent)
      let at = focused.map { $0.row + $0.labelHeight + fields[$0.index].activeRow(width: width) } ?? rows
      top = max(0, min(at - room / 2, rows - room))
      // What is said below the field shows whole, unless the row that the keys are in would be pushed out.
      if let focused { top = min(max(top, focused.row + focused.height - room), at) }
    }
    return FormLayout(
      blocks: blocks, buttons: buttons(in: area),
      window: Rect(x: area.x, y: area.y, width: area.width, height: min(room, area.height)), top: top, labels: labels,
      noteCount: noteCount, bounds: bounds)
  }

  private func buttons(in area: Rect) -> [FormLayout.Button] {
    let texts = buttons.indices.map { index in
      focus == stops.count + index ? "▸ \(buttons[index].title) ◂" : "  \(buttons[index].title)  "
    }
    let widths = texts.map { CellWidth.of($0) }
    // In a narrow window those before the focused one give way.
    var first = 0
    func needed() -> Int { widths[first...].reduce(0, +) + 2 * max(0, buttons.count - first - 1) }
    while first < min(buttons.count - 1, focus - stops.count), needed() > area.width { first += 1 }
    var x = max(area.x, area.maxX - needed())
    return buttons.indices.dropFirst(first).map { index in
      defer { x += widths[index] + 2 }
      let place = Rect(x: x, y: area.maxY - 1, width: min(widths[index], max(0, area.maxX - x)), height: 1)
      return FormLayout.Button(id: buttons[index].id, index: index, text: texts[index], area: place)
    }
  }

  /// An open list stays within the canvas's clip: what isn't to be covered is left out of that.
  /// - Parameter notes: lines that stand between the fields and the buttons; where there are too many, the last that is
  ///   shown ends with `…`.
  public func draw(on canvas: inout Canvas, in area: Rect, notes: [Note] = []) {
    let layout = layout(
      in: area, notes: notes.count,
      bounds: Rect(x: area.x, y: canvas.clip.y, width: area.width, height: canvas.clip.height))
    drawn.keep(layout)
    let window = layout.window
    for (index, note) in Note.fitted(notes, rows: layout.noteCount, width: area.width).enumerated() {
      let y = area.y + min(window.height, layout.rows) + index
      canvas.put(note.text, x: area.x, y: y, note.role, width: area.width)
    }
    let outer = canvas.clip
    canvas.clip = outer.intersection(window)
    for block in layout.blocks { draw(block, layout, on: &canvas) }
    canvas.clip = outer
    if layout.top > 0, !window.isEmpty { canvas.put("▲", x: area.maxX - 1, y: window.y, .dialogMuted) }
    if layout.top + window.height < layout.rows, !window.isEmpty {
      canvas.put("▼", x: area.maxX - 1, y: window.maxY - 1, .dialogMuted)
    }
    drawButtons(layout, on: &canvas)
    if let index = focusedIndex, case .picker(let picker) = fields[index].input, picker.isOpen,
      let field = layout.input(of: fields[index].id)
    {
      picker.drawList(on: &canvas, below: field, within: layout.bounds)
    }
  }

  private func draw(_ block: FormLayout.Block, _ layout: FormLayout, on canvas: inout Canvas) {
    let field = fields[block.index]
    let isOn = block.index == focusedIndex
    let (x, y) = (layout.window.x, layout.y(of: block))
    canvas.put(isOn ? "▸" : " ", x: x, y: y, .dialogStrong)
    let end = canvas.put(
      field.label, x: x + 2, y: y, isOn ? .dialogStrong : .fieldLabel, width: layout.window.width - 4)
    if field.isRequired { canvas.put("*", x: end, y: y, .statusError) }
    field.drawInput(on: &canvas, in: layout.input(of: block), focused: isOn)
    let role: Role = field.error == nil ? .fieldHelp : .statusError
    for (line, text) in block.notes.enumerated() {
      canvas.put(text, x: x + layout.labels.indent + 1, y: y + block.labelHeight + block.inputHeight + line, role)
    }
  }

  private func drawButtons(_ layout: FormLayout, on canvas: inout Canvas) {
    for button in layout.buttons {
      let isOn = focus == stops.count + button.index
      let role = Role.button(isFocused: isOn, isDanger: buttons[button.index].isDanger)
      canvas.put(button.text, x: button.area.x, y: button.area.y, role, width: button.area.width)
    }
  }
}

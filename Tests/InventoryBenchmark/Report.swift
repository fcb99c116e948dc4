import Measuring

/// The figures as a Markdown table: ratios within this run, never a time by itself.
struct Report {
  let figures: Figures

  /// What people take for at once, in milliseconds.
  static let pause = 100.0

  var text: String {
    let keys: [(String, Samples)] = [
      ("`g n`: the list of networks opens", figures.networks), ("Down in it", figures.down),
      ("typing into its filter", figures.filter), ("typing into the VPC picker", figures.vpcPicker),
      ("typing into the vSwitch picker", figures.vSwitchPicker), ("an instance's overview opens", figures.overview),
    ]
    let python = figures.python
    let rows =
      [
        row(
          "`import` of it all", figures.firstImport.time, python.time, "python3's `json.load`", figures.firstImport.peak
        ),
        row("the same again", figures.again.time, python.time, "python3's `json.load`", figures.again.peak),
        row("Ctrl-C in it", figures.interrupted, figures.firstImport.time, "the import", nil),
        row("`path check` among them", figures.path.time, figures.instances.time, "`instance list`", figures.path.peak),
      ]
      + keys.map { what, samples in
        row(what, samples, figures.nnn, "nnn's key", figures.consolePeak)
          + [samples.most.map { $0 <= Self.pause ? "yes" : "no" } ?? "—"]
      }
    return MarkdownTable.text(
      ["", "median", "most", "1 is the median of", "peak MiB", "never over \(MarkdownTable.number(Self.pause, 0)) ms"],
      rows.map { $0.count == 5 ? $0 + [""] : $0 })
  }

  /// What the ratios were taken of: said, so that nobody has to trust.
  var notes: [String] {
    func ms(_ samples: Samples) -> String { samples.median.map { MarkdownTable.number($0, 2) } ?? "—" }
    func mib(_ samples: Samples) -> String { samples.most.map { MarkdownTable.number($0, 0) } ?? "—" }
    return [
      "In this run alone, 1 was: python3 \(ms(figures.python.time)) ms (\(mib(figures.python.peak)) MiB), "
        + "instance list \(ms(figures.instances.time)) ms (\(mib(figures.instances.peak)) MiB), "
        + "import \(ms(figures.firstImport.time)) ms, nnn's key \(ms(figures.nnn)) ms (\(mib(figures.nnnPeak)) MiB).",
      "Samples: \(figures.firstImport.time.count) imports, \(figures.interrupted.count) interrupted, "
        + "\(figures.networks.count) lists opened, \(figures.down.count) × Down, \(figures.filter.count), "
        + "\(figures.vpcPicker.count) and \(figures.vSwitchPicker.count) keys typed, \(figures.nnn.count) of nnn.",
    ]
  }

  private func row(_ what: String, _ samples: Samples, _ one: Samples, _ name: String, _ peak: Samples?) -> [String] {
    func ratio(_ value: Double?) -> String {
      guard let value, let one = one.median, one > 0 else { return "—" }
      return MarkdownTable.number(value / one, 2)
    }
    return [
      what, ratio(samples.median), ratio(samples.most), name,
      peak?.most.map { MarkdownTable.number($0, 0) } ?? "",
    ]
  }
}

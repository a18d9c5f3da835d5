import Coverage
import Filtering
import Lexicons

extension EvaluationReport {
  /// The report for people: tables, then what to look at.
  package func text(style: Style) -> String {
    var lines: [String] = []
    if evaluation.labelled != RowCounts() {
      lines += Self.heading("Labelled rows", style)
      lines.append(Self.row("all", evaluation.labelled))
      append("by risk", byRisk, style, to: &lines)
      append("by source", bySource, style, to: &lines)
      append("by kind", byKind, style, to: &lines)
    }
    if evaluation.benign != RowCounts() {
      if !lines.isEmpty { lines.append("") }
      appendBenign(style, to: &lines)
    }
    appendWorst(style, to: &lines)
    return lines.map { $0 + "\n" }.joined()
  }

  private static let nameWidth = 30

  private static func heading(_ title: String, _ style: Style) -> [String] {
    let columns = ["intercept", "recall", "right risk", "pass", "over-bl."]
    let review = ["recall", "right risk", "over-bl."]
    let groups = String(repeating: " ", count: nameWidth + 1) + "block+mask"
    return [
      style.dim(DisplayWidth.padded(groups, to: nameWidth + 1 + 55) + "│ with review"),
      style.bold(DisplayWidth.padded(title, to: nameWidth))
        + style.dim(
          " " + columns.map { DisplayWidth.aligned($0, to: 11) }.joined() + "│"
            + review.map { DisplayWidth.aligned($0, to: 11) }.joined()),
    ]
  }

  private func append(
    _ title: String, _ groups: [(name: String, counts: RowCounts)], _ style: Style,
    to lines: inout [String]
  ) {
    if groups.isEmpty { return }
    lines.append(style.dim(title))
    for group in groups { lines.append(Self.row(group.name, group.counts)) }
  }

  private static func row(_ name: String, _ counts: RowCounts) -> String {
    let first = [
      CoverageReport.grouped(counts.harmful), percent(counts.recall(.interception)),
      percent(counts.rightRiskShare(.interception)), CoverageReport.grouped(counts.harmless),
      percent(counts.overBlocking(.interception), decimals: 2),
    ]
    let second = [
      percent(counts.recall(.withReview)), percent(counts.rightRiskShare(.withReview)),
      percent(counts.overBlocking(.withReview), decimals: 2),
    ]
    return "  " + DisplayWidth.padded(name, to: nameWidth - 2) + " "
      + first.map { DisplayWidth.aligned($0, to: 11) }.joined() + "│"
      + second.map { DisplayWidth.aligned($0, to: 11) }.joined()
  }

  private func appendBenign(_ style: Style, to lines: inout [String]) {
    func row(_ name: String, _ counts: RowCounts) -> String {
      let cells =
        [CoverageReport.grouped(counts.harmless)]
        + Reading.allCases.flatMap { reading in
          [
            CoverageReport.grouped(counts.overBlocked[reading]),
            Self.percent(counts.overBlocking(reading), decimals: 4),
          ]
        }
      return "  " + DisplayWidth.padded(name, to: Self.nameWidth - 2) + " "
        + cells.map { DisplayWidth.aligned($0, to: 11) }.joined()
    }
    let columns = ["lines", "block+mask", "share", "w. review", "share"]
    lines.append(
      style.bold(DisplayWidth.padded("Ordinary text", to: Self.nameWidth))
        + style.dim(" " + columns.map { DisplayWidth.aligned($0, to: 11) }.joined()))
    for file in benignByFile { lines.append(row(file.name, file.counts)) }
    lines.append(row("all", evaluation.benign))
    let singletons = Reading.allCases.map { reading in
      let count = evaluation.singletons(reading)
      let share = Double(count) / Double(max(1, evaluation.benign.harmless))
      return "\(CoverageReport.grouped(count)) (\(Self.percent(share, decimals: 4)) of the lines) "
        + reading.name
    }
    lines.append("  entries that hit exactly one line: " + singletons.joined(separator: ", "))
  }

  private func appendWorst(_ style: Style, to lines: inout [String]) {
    let alarms = evaluation.worstEntries
    if !alarms.isEmpty {
      lines += ["", style.bold("Entries with the most false alarms")]
    }
    for alarm in alarms {
      let entry = library.engine.entry(alarm.entry)
      let counts = alarm.counts
      lines.append(
        "  \(style.place(library.place(of: entry))) \(entry.risk.id) \(style.name(entry.action)) "
          + "\(entry.text): \(counts.benign) benign, \(counts.harmless) to pass, "
          + "\(counts.rightRisk + counts.otherRisk + counts.noRisk) to intercept")
      for example in alarm.examples {
        let place = style.dim("\(example.file):\(example.line) \(example.source ?? "")")
        let match =
          style.isColoured
          ? style.match(example.match, entry.action) : "[\(example.match)]"
        lines.append("      \(place) \(example.before)\(match)\(example.after)")
      }
    }
    let misses = evaluation.worstMisses
    if !misses.isEmpty { lines += ["", style.bold("Missed")] }
    for miss in misses {
      let example = miss.example
      let labels = [example.risk?.id, example.source, example.kind].compactMap { $0 }
      var line =
        "  \(style.place("\(example.file):\(example.line)")) "
        + "\(labels.joined(separator: " ")): \(example.after)"
      if let reviewer = miss.reviewedBy {
        let entry = library.engine.entry(reviewer)
        line += style.dim("  (only for review: \(entry.text), \(library.place(of: entry)))")
      }
      lines.append(line)
    }
  }

  /// A share as a percentage: `12.3 %`; `–` where there is none.
  static func percent(_ share: Double?, decimals: Int = 1) -> String {
    guard let share else { return "–" }
    let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
    let value = Int((share * 100 * Double(scale)).rounded())
    let fraction = String(value % scale)
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return "\(value / scale).\(zeros)\(fraction) %"
  }
}

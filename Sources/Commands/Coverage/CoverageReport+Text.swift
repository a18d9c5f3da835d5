package import Coverage
import Lexicons

extension CoverageReport {
  /// The report for people: the problems, then the bars, so that the bars stay on the screen.
  ///
  /// - Parameters:
  ///   - style: Colours.
  ///   - limit: How many problems of a kind are listed; `nil` for all.
  ///   - place: The name of a keyword file for messages.
  /// - Returns: Lines, each with its line feed.
  package func text(
    style: Style, limit: Int?, place: (String) -> String = { $0 }
  ) -> String {
    var lines: [String] = []
    for kind in CoverageProblem.Kind.allCases {
      appendProblems(kind, style, limit, place, to: &lines)
    }
    appendBars(style, to: &lines)
    return lines.map { $0 + "\n" }.joined()
  }

  private func appendProblems(
    _ kind: CoverageProblem.Kind, _ style: Style, _ limit: Int?, _ place: (String) -> String,
    to lines: inout [String]
  ) {
    let all = problems.filter { $0.kind == kind }
    if all.isEmpty { return }
    lines.append(style.bold("\(kind.rawValue): \(all.count)") + style.dim("  \(kind.meaning)"))
    for problem in all.prefix(limit ?? all.count) {
      lines.append(
        "  \(style.place("\(place(problem.file)):\(problem.line)")) \(problem.term): "
          + problem.detail)
    }
    if let limit, all.count > limit {
      lines.append(style.dim("  … and \(all.count - limit) more; --all lists them"))
    }
    lines.append("")
  }

  private func appendBars(_ style: Style, to lines: inout [String]) {
    let counted = risks.filter { $0.risk.isCounted }
    let others = risks.filter { !$0.risk.isCounted }
    lines.append(style.bold("Effective terms") + style.dim("  有效关键词"))
    for risk in counted {
      lines.append(Self.bar(risk.risk.id, risk.risk.officialName, risk.count, style))
    }
    lines.append(Self.bar("total", "17 risks", total, style))
    if !others.isEmpty {
      lines.append("")
      lines.append(style.bold("Other risks") + style.dim("  no floor; not in the total"))
      for risk in others {
        lines.append(
          "  \(DisplayWidth.padded(risk.risk.id, to: 5)) "
            + "\(DisplayWidth.padded(risk.risk.officialName, to: Self.nameWidth)) "
            + DisplayWidth.aligned(Self.grouped(risk.count.effective), to: 6))
      }
    }
    lines.append("")
    let met = counted.count { $0.count.passes }
    let verdict =
      passes
      ? "The library meets every floor."
      : "The library does not meet the standard: \(met) of \(counted.count) risks reach their "
        + "floor, and the total \(total.passes ? "does" : "does not")."
    lines.append(style.bold(verdict))
  }

  private static let nameWidth = 34
  private static let barWidth = 20

  private static func bar(
    _ id: String, _ name: String, _ count: CoverageCount, _ style: Style
  ) -> String {
    let filled = min(barWidth, count.effective * barWidth / max(1, count.required))
    let bar =
      String(repeating: "█", count: filled) + String(repeating: "░", count: barWidth - filled)
    let numbers =
      DisplayWidth.aligned(grouped(count.effective), to: 6) + " / "
      + DisplayWidth.aligned(grouped(count.required), to: 6)
    let mark = count.passes ? "ok" : "\(grouped(count.required - count.effective)) missing"
    return "  \(DisplayWidth.padded(id, to: 5)) \(DisplayWidth.padded(name, to: nameWidth)) "
      + "\(numbers)  \(count.passes ? style.good(bar) : style.bad(bar))  \(mark)"
  }

  /// A number with thin groups of three: `10 000`.
  static func grouped(_ number: Int) -> String {
    let digits = String(number)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(" ") }
      text.append(digit)
    }
    return text
  }
}

extension CoverageProblem.Kind {
  /// What the rule is, for people.
  var meaning: String {
    switch self {
    case .duplicate: "the same after folding as an earlier entry, which is kept"
    case .short: "fewer than two Han characters and than four Latin letters"
    case .unreachable: "a scan of the term does not report it"
    case .subsumed: "a shorter term inside it intercepts it already"
    case .padding: "too many terms of the risk begin or end alike"
    }
  }
}

extension Style {
  /// Something that is as it should be.
  func good(_ text: String) -> String { isColoured ? "\u{1B}[32m\(text)\u{1B}[0m" : text }
  /// Something that is missing.
  func bad(_ text: String) -> String { isColoured ? "\u{1B}[31m\(text)\u{1B}[0m" : text }
}

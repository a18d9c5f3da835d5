import Filtering
import Lexicons

/// Writes hits, for people or for programs.
struct HitWriter: Sendable {
  /// The engine that finds them.
  let engine: FilterEngine
  /// Whether each is a line of JSON.
  let isJSON: Bool
  /// How it looks to people.
  let style: Style

  /// The most characters of context on either side.
  private static let context = 30

  /// Appends a hit.
  ///
  /// - Parameters:
  ///   - hit: The hit.
  ///   - file: The file's name in reports.
  ///   - range: Where it is, in bytes of the file.
  ///   - output: Where it is appended.
  func write(_ hit: Hit, file: String, range: Range<Int>, to output: inout [UInt8]) {
    if isJSON {
      let place: [(String, JSONValue)] = [("file", .string(file)), ("line", .integer(hit.line))]
      let members = FindingReport.members(hit.finding, at: range, match: hit.match, in: engine)
      output += JSONValue.object(place + members).line
      return
    }
    let action = hit.finding.action
    let before = DisplayText.before(hit.before, limit: Self.context)
    let match = style.match(DisplayText.printable(hit.match), action)
    let after = DisplayText.after(hit.after, limit: Self.context)
    let place =
      DisplayText.printable(file.utf8)
      + ":\(hit.line):\(range.lowerBound)-\(range.upperBound)"
    let term = DisplayText.printable(FindingReport.title(hit.finding, in: engine).utf8)
    let label = "\(style.place(place)) \(hit.finding.risk?.id ?? "-") \(style.name(action))"
    output += "\(label) [\(style.dim(term))] \(before)\(match)\(after)\n".utf8
  }
}

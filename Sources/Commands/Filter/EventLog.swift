import Filtering

/// Writes what a filter finds as JSON lines, each at once.
final class EventLog {
  private let file: FileDescriptor
  private let path: String
  private let engine: FilterEngine

  /// Creates the file.
  init(_ path: String, engine: FilterEngine) throws(CommandError) {
    do { file = try .creating(path) } catch { throw .cannotWrite(path: path, error) }
    self.path = path
    self.engine = engine
  }

  /// Writes events.
  ///
  /// - Parameters:
  ///   - events: What a stream reported.
  ///   - record: Where the text stands: `line` and `field` of JSON lines, or nothing.
  ///   - match: Returns the bytes of a range of the text.
  /// - Throws: `CommandError.cannotWrite`.
  func write(
    _ events: [StreamEvent], record: [(String, JSONValue)] = [],
    match: (Range<Int>) -> [UInt8]
  ) throws(CommandError) {
    if events.isEmpty { return }
    var lines: [UInt8] = []
    for event in events {
      switch event {
      case .finding(let finding):
        let members = FindingReport.members(
          finding, at: finding.range, match: match(finding.range), in: engine)
        lines += JSONValue.object([("event", .string("finding"))] + record + members).line
      case .blocked(let offset, let refusal):
        let members: [(String, JSONValue)] = [
          ("offset", .integer(offset)), ("refusal", .string(refusal)),
        ]
        lines += JSONValue.object([("event", .string("blocked"))] + record + members).line
      }
    }
    do { try file.write(lines.span) } catch { throw .cannotWrite(path: path, error) }
  }
}

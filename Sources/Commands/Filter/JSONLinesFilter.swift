import Filtering
import JSONText

/// Filters strings of JSON lines, each as a stream of its own.
///
/// A line that is no JSON, or whose field is no string, cannot be filtered and is not let through:
/// it is named on standard error, the other lines go on, and the run ends as incomplete.
struct JSONLinesFilter {
  private let plan: FilterPlan
  private let names: [String]
  private var badLines = 0
  private var fieldsSeen = 0

  /// The most lines that are named on standard error.
  private static let reportLimit = 20

  init(_ plan: FilterPlan, names: [String]) {
    self.plan = plan
    self.names = names
  }

  /// Runs to the end of the input.
  ///
  /// - Returns: Whether every line could be filtered.
  mutating func run(_ tally: inout FilterTally) throws(CommandError) -> Bool {
    var lines = try LineReader(FileReading.standardInputName)
    let clock = ContinuousClock()
    while try lines.fill() {
      var output: [UInt8] = []
      let start = clock.now
      while let line = lines.next() {
        tally.bytesRead += line.count
        try filter(line, number: lines.number, &tally, into: &output)
        if output.count > ChunkReader.capacity { try deliver(&output, &tally) }
      }
      tally.busy += start.duration(to: clock.now)
      tally.chunks += 1
      try deliver(&output, &tally)
    }
    if tally.records > 0 && fieldsSeen == 0 && badLines == 0 {
      let name = names.joined(separator: "' or '")
      Diagnostics.report(
        "no record has a field '\(name)', so nothing was filtered; give its name with --field")
    }
    if badLines > Self.reportLimit {
      Diagnostics.report("\(badLines) lines were left out; the first ones are named above")
    }
    return badLines == 0
  }

  private func deliver(
    _ output: inout [UInt8], _ tally: inout FilterTally
  ) throws(CommandError) {
    if output.isEmpty { return }
    tally.bytesReleased += output.count
    try Output.write(output)
    output.removeAll(keepingCapacity: true)
  }

  private mutating func filter(
    _ line: [UInt8], number: Int, _ tally: inout FilterTally, into output: inout [UInt8]
  ) throws(CommandError) {
    if line.allSatisfy({ [0x20, 0x09, 0x0D, 0x0A].contains($0) }) {
      output += line
      return
    }
    // A byte order mark is no part of the first record.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let isMarked = number == 1 && line.starts(with: mark)
    let record = isMarked ? Array(line.dropFirst(mark.count)) : line
    guard let strings = strings(of: record, number) else { return }
    tally.records += 1
    var edits: [JSONEdit] = []
    for (field, value) in strings {
      let filtered = FieldFilter(value.bytes, plan, &tally)
      try plan.events?.write(
        filtered.events, record: [("line", .integer(number)), ("field", .string(field))]
      ) { Array(value.bytes[$0]) }
      if !filtered.replacements.isEmpty { edits.append(JSONEdit(value, filtered.replacements)) }
    }
    if isMarked { output += mark }
    output += edits.isEmpty ? record : JSONEdit.apply(edits, to: record)
  }

  /// The strings that are to be filtered, in the order of the line; `nil` where it is a bad line.
  private mutating func strings(
    of record: [UInt8], _ number: Int
  ) -> [(field: String, value: JSONStringValue)]? {
    var found: [(field: String, value: JSONStringValue)] = []
    for (cursor, name) in zip(plan.fields, names) {
      do {
        let fields = try cursor.fields(in: record)
        if let offset = fields.otherOffsets.first {
          leaveOut(
            number,
            "the field '\(name)' is no string at column \(offset + 1); name the strings "
              + "in it, such as --field 'messages.*.content'")
          return nil
        }
        found += fields.strings.map { (name, $0) }
      } catch {
        leaveOut(number, "\(error); each line must be one JSON value")
        return nil
      }
    }
    fieldsSeen += found.count
    found.sort { $0.value.sourceRange.lowerBound < $1.value.sourceRange.lowerBound }
    // Two paths may name the same string.
    return found.enumerated().filter { index, item in
      index == 0 || found[index - 1].value.sourceRange != item.value.sourceRange
    }.map(\.element)
  }

  private mutating func leaveOut(_ number: Int, _ reason: String) {
    badLines += 1
    if badLines <= Self.reportLimit {
      Diagnostics.report("standard input:\(number): left out: \(reason)")
    }
  }
}

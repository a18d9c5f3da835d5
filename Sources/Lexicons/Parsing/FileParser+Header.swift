/// What the head of a file says so far.
struct Header {
  var risk: Risk?
  var title: String?
  var version: CalendarDate?
  /// The keys that were given, well or badly.
  var seen: Set<String> = []
}

extension FileParser {
  private static let keys = ["risk", "title", "version"]

  /// Reads `key: value`; `false` where the line is no header but a term with a colon.
  mutating func readHeader(_ content: ByteSlice) -> Bool {
    guard let colon = content.firstIndex(where: { !(UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0) }),
      content[colon] == UInt8(ascii: ":")
    else { return false }
    let key = content[..<colon].text
    let value = content[(colon + 1)...].trimmed
    guard Self.keys.contains(key) else {
      let isTerm = hasEntries || (!value.isEmpty && content[colon + 1] != .blank)
      if isTerm { return false }
      report(
        .unknownHeader, at: content.startIndex,
        "'\(key):' is no header: \(Suggestion.text(for: key, among: Self.keys)); a term with a colon"
          + " is written '\(key)\\:'")
      return true
    }
    if hasEntries {
      report(
        .misplacedHeader, at: content.startIndex,
        "'\(key):' stands after the first entry: move it to the head of the file; a term with a"
          + " colon is written '\(key)\\:'")
    } else if !header.seen.insert(key).inserted {
      report(
        .duplicateHeader, at: content.startIndex,
        "'\(key):' is given twice: keep one; a file has one risk")
    } else {
      set(key, value)
    }
    return true
  }

  private mutating func set(_ key: String, _ value: ByteSlice) {
    let text = value.text
    switch key {
    case "risk" where isShared:
      report(.misplacedHeader, at: nil, "sets.txt belongs to no risk: take 'risk:' out")
    case "risk":
      header.risk = Risk(spelling: text)
      if header.risk == nil { reportUnknownRisk(value) }
    case "title":
      header.title = text
      if text.isEmpty { header.seen.remove(key) }
    default:
      header.version = CalendarDate(text)
      if header.version == nil { reportBadDate(value) }
    }
  }

  /// Notes that `value` names no risk.
  func reportUnknownRisk(_ value: ByteSlice) {
    report(
      .unknownRisk, at: value.startIndex,
      "\(value.quoted) is none of the 31 risks: write an identifier from A.1.a to A.5.b")
  }

  /// Notes that `value` is no date.
  func reportBadDate(_ value: ByteSlice) {
    report(
      .badDate, at: value.startIndex,
      "\(value.quoted) is no date: write YYYY-MM-DD, a day that exists, such as 2026-11-22")
  }

  /// Stores the header, or reports what it lacks.
  mutating func finishHeader() {
    let sample = ["risk": "A.1.f", "title": "…", "version": "2026-11-22"]
    line = 1
    for key in Self.keys where !header.seen.contains(key) && !(isShared && key == "risk") {
      report(
        .missingHeader, at: nil,
        "the header '\(key):' is missing: write '\(key): \(sample[key] ?? "")' before the first entry"
      )
    }
    builder.sources[source].risk = header.risk
    builder.sources[source].title = header.title ?? ""
    builder.sources[source].version = header.version ?? .earliest
  }
}

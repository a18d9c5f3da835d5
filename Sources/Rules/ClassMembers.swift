import Synchronization

/// The symbols of PCRE2's own classes, asked of PCRE2 once in a process.
///
/// Asking the library keeps the start sets a superset of what its tables match, whatever Unicode
/// version it was built with.
enum ClassMembers {
  /// Above this scalar nothing is asked: planes 4 to 16 count as members of every class.
  private static let lastAsked: UInt32 = 0x3_FFFF
  /// Begins members that are meant in either case.
  static let caseless = "(?i)"
  private static let known = Mutex<[String: [ClosedRange<UInt32>]]>([:])

  /// Returns the ranges of symbols that the members of a class match.
  static func ranges(of members: String) -> [ClosedRange<UInt32>] {
    if let ranges = known.withLock({ $0[members] }) { return ranges }
    let ranges = ask(members)
    known.withLock { $0[members] = ranges }
    return ranges
  }

  private static func ask(_ members: String) -> [ClosedRange<UInt32>] {
    var text: [UInt8] = []
    text.reserveCapacity(Int(lastAsked) * 4)
    for value in 0...lastAsked where Unicode.Scalar(value) != nil {
      SymbolBuffer.encode(value, into: &text)
    }
    let isCaseless = members.hasPrefix(caseless)
    let spelling =
      isCaseless ? "\(caseless)[\(members.dropFirst(caseless.count))]+" : "[\(members)]+"
    guard let pattern = try? PCREPattern(spelling, isAnchored: false) else {
      return [0...0x10_FFFF]
    }
    let scratch = MatchScratch(RuleLimits(match: .max, depth: .max))
    var ranges = [(lastAsked + 1)...0x10_FFFF]
    var offset = 0
    while offset < text.count {
      let found = pattern.find(in: text, from: offset, scratch)
      switch found {
      case .none: return ranges
      case .some(let run) where run.isEmpty: return [0...0x10_FFFF]
      case .some(let run):
        let first = SymbolBuffer.decode(text, at: run.lowerBound)
        var last = run.upperBound - 1
        while text[last] & 0xC0 == 0x80 { last -= 1 }
        ranges.append(first...SymbolBuffer.decode(text, at: last))
        offset = run.upperBound
      }
    }
    return ranges
  }
}

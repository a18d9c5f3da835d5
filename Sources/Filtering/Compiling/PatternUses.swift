/// The uses of all patterns: gathered in any order, then pattern after pattern.
struct PatternUses {
  /// The uses; once finished, in the order of their patterns.
  private(set) var uses: [UseRecord] = []
  /// Once finished, where the uses of each pattern begin, and the end.
  private(set) var starts: [UInt32] = [0]
  /// For each use the next one of its pattern, −1 at the end.
  private var next: [Int32] = []
  /// For each pattern its first and last use.
  private var ends: [(first: Int32, last: Int32)] = []

  /// Adds a use.
  ///
  /// - Parameters:
  ///   - use: The use.
  ///   - pattern: At most one more than the greatest so far.
  mutating func add(_ use: UseRecord, of pattern: Int) {
    let number = Int32(uses.count)
    uses.append(use)
    next.append(-1)
    if pattern == ends.count {
      ends.append((number, number))
    } else {
      next[Int(ends[pattern].last)] = number
      ends[pattern].last = number
    }
  }

  /// Puts the uses in the order of their patterns; none can be added then.
  mutating func finish() {
    var ordered: [UseRecord] = []
    ordered.reserveCapacity(uses.count)
    starts.reserveCapacity(ends.count + 1)
    for (first, _) in ends {
      var use = first
      while use >= 0 {
        ordered.append(uses[Int(use)])
        use = next[Int(use)]
      }
      starts.append(UInt32(ordered.count))
    }
    uses = ordered
    next = []
    ends = []
  }
}

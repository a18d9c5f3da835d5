/// What each pattern is for, the different purposes stored once: there are few.
package struct PatternPurposes: Sendable {
  /// The different purposes.
  private(set) var kinds: [PatternUse] = []
  /// For each pattern the place of its purpose in `kinds`.
  private(set) var numbers: [UInt32] = []
  private var known: [PatternUse: UInt32] = [:]

  /// Creates a list without patterns.
  package init() {}

  /// Creates a list of purposes, one a pattern.
  package init(_ uses: [PatternUse]) {
    for use in uses { append(use) }
  }

  /// The number of patterns.
  package var count: Int { numbers.count }

  /// The purpose of a pattern.
  package subscript(pattern: Int) -> PatternUse {
    get { kinds[Int(numbers[pattern])] }
    set { numbers[pattern] = number(of: newValue) }
  }

  /// Adds a pattern.
  package mutating func append(_ use: PatternUse) { numbers.append(number(of: use)) }

  private mutating func number(of use: PatternUse) -> UInt32 {
    if let last = numbers.last, kinds[Int(last)] == use { return last }
    if let number = known[use] { return number }
    let number = UInt32(kinds.count)
    kinds.append(use)
    known[use] = number
    return number
  }
}

/// Which findings the patterns beyond a state can still make: what holdback asks of a live prefix.
///
/// A mask has one bit for each kind of finding that a policy can switch on or off; their meaning is
/// the caller's.
package struct Reach: Hashable, BitwiseCopyable, Sendable {
  /// All patterns that continue from the state, with their boundaries kept.
  package var all: UInt64 = 0
  /// Those found without a boundary.
  package var loose: UInt64 = 0
  /// The part of `all` whose next symbol is Han.
  package var han: UInt64 = 0
  /// The part of `loose` whose next symbol is Han.
  package var looseHan: UInt64 = 0
  /// Patterns found with a clause mark in every gap.
  package var clause: UInt64 = 0
  /// The part of `clause` found without a boundary.
  package var looseClause: UInt64 = 0
  /// Patterns found spelled out.
  package var spelled: UInt64 = 0

  init() {}

  /// A pattern's own contribution to the states before it.
  init(_ use: PatternUse, isClauseEligible: Bool, isSpelledEligible: Bool) {
    all = use.mask
    loose = use.looseMask
    if isClauseEligible {
      clause = all
      looseClause = loose
    }
    if isSpelledEligible { spelled = all }
  }

  mutating func formUnion(_ other: Reach) {
    all |= other.all
    loose |= other.loose
    han |= other.han
    looseHan |= other.looseHan
    clause |= other.clause
    looseClause |= other.looseClause
    spelled |= other.spelled
  }
}

/// What a pattern is for: the findings that it can make.
package struct PatternUse: Hashable, Sendable {
  /// The kinds of finding, as bits.
  package var mask: UInt64
  /// The kinds of finding that it makes whatever it touches.
  package var looseMask: UInt64
  /// Whether it is a word of a set.
  package var isPart: Bool
  /// Whether it is a word of sets and no more, which is only noted until a sentence matters.
  ///
  /// Its occurrences are taken as they are: nothing it touches and no exception undoes them.
  package var isQuiet: Bool
  /// Whether a text without it, and without all others of that kind, has no findings.
  package var begins: Bool

  /// Creates a use.
  package init(
    mask: UInt64, looseMask: UInt64, isPart: Bool = false, isQuiet: Bool = false,
    begins: Bool = true
  ) {
    self.mask = mask
    self.looseMask = looseMask
    self.isPart = isPart
    self.isQuiet = isQuiet
    self.begins = begins
  }
}

/// Interns reaches while they are gathered from the leaves to the root.
struct ReachBuilder {
  /// A step that was made: what a child adds to its parent.
  private struct Step {
    var key = UInt64.max
    var result: UInt16 = 0
  }

  private struct OwnReach {
    var use: PatternUse
    var flags: UInt32
    var number: UInt16
  }

  private(set) var values: [Reach] = [Reach()]
  private var numbers: [Reach: UInt16] = [Reach(): 0]
  /// The last steps, by a hash of their keys: most states repeat a step of a state just before.
  private var steps = [Step](repeating: Step(), count: 1 << 14)
  /// The last pattern's own reach: most patterns repeat it.
  private var last: OwnReach?

  /// The number of a pattern's own contribution.
  mutating func number(of use: PatternUse, info: UInt32) -> UInt16 {
    let flags = info & (1 << 8 | 1 << 9)
    if let last, last.use == use, last.flags == flags { return last.number }
    let number = number(
      of: Reach(
        use, isClauseEligible: flags & 1 << 8 != 0, isSpelledEligible: flags & 1 << 9 != 0))
    last = OwnReach(use: use, flags: flags, number: number)
    return number
  }

  mutating func number(of reach: Reach) -> UInt16 {
    if let number = numbers[reach] { return number }
    if values.count == Int(UInt16.max) {
      // Too many different sets to tell apart: hold for all of them rather than leak.
      var union = Reach()
      for value in values { union.formUnion(value) }
      values.append(union)
      return UInt16.max
    }
    if values.count > Int(UInt16.max) { return UInt16.max }
    let number = UInt16(values.count)
    values.append(reach)
    numbers[reach] = number
    return number
  }

  /// Adds what a child can reach, and the pattern that ends at it, to its parent.
  mutating func union(parent: UInt16, child: UInt16, own: UInt16, isHan: Bool) -> UInt16 {
    let key =
      UInt64(parent) | UInt64(child) << 16 | UInt64(own) << 32 | (isHan ? 1 << 48 : 0)
    let place = Int(truncatingIfNeeded: (key &* 0x9E37_79B1_85EB_CA87) >> 50)
    if steps[place].key == key { return steps[place].result }
    var through = values[Int(child)]
    through.formUnion(values[Int(own)])
    through.han = isHan ? through.all : 0
    through.looseHan = isHan ? through.loose : 0
    var result = values[Int(parent)]
    result.formUnion(through)
    let number = number(of: result)
    steps[place] = Step(key: key, result: number)
    return number
  }
}

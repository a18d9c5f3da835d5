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
package struct PatternUse: Equatable, Sendable {
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
  private struct Step: Hashable {
    var parent: UInt16
    var child: UInt16
    var own: UInt16
    var isHan: Bool
  }

  private(set) var values: [Reach] = [Reach()]
  private var numbers: [Reach: UInt16] = [Reach(): 0]
  private var steps: [Step: UInt16] = [:]

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
    let step = Step(parent: parent, child: child, own: own, isHan: isHan)
    if let known = steps[step] { return known }
    var through = values[Int(child)]
    through.formUnion(values[Int(own)])
    through.han = isHan ? through.all : 0
    through.looseHan = isHan ? through.loose : 0
    var result = values[Int(parent)]
    result.formUnion(through)
    let number = number(of: result)
    steps[step] = number
    return number
  }
}

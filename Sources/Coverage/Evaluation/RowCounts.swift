/// Which findings count as a hit.
package enum Reading: Int, CaseIterable, Sendable {
  /// Those that block or mask.
  case interception
  /// Those that ask for review as well.
  case withReview

  /// The name in reports.
  package var name: String { self == .interception ? "block+mask" : "with review" }
}

/// A number for each reading.
package struct PerReading: Sendable, Equatable {
  private var interception = 0
  private var withReview = 0

  /// Makes two zeros.
  package init() {}

  /// The number under a reading.
  package subscript(reading: Reading) -> Int {
    get { reading == .interception ? interception : withReview }
    set {
      if reading == .interception { interception = newValue } else { withReview = newValue }
    }
  }

  mutating func add(_ other: PerReading) {
    interception += other.interception
    withReview += other.withReview
  }
}

/// What became of a group of rows.
package struct RowCounts: Sendable, Equatable {
  /// Rows that should be intercepted, and how many of them were.
  package var harmful = 0, recalled = PerReading()
  /// Rows that should be intercepted, were, and have a risk; and how many of those have a finding of
  /// that risk, be it primary or secondary.
  package var recalledWithRisk = PerReading(), rightRisk = PerReading()
  /// Rows that should pass, and how many of them were hit.
  package var harmless = 0, overBlocked = PerReading()

  /// Makes empty counts.
  package init() {}

  /// The share of harmful rows that were intercepted; `nil` without such rows.
  package func recall(_ reading: Reading) -> Double? { Self.share(recalled[reading], harmful) }

  /// The share of harmless rows that were hit; `nil` without such rows.
  package func overBlocking(_ reading: Reading) -> Double? {
    Self.share(overBlocked[reading], harmless)
  }

  /// The share of intercepted rows with a risk that have a finding of it; `nil` without such rows.
  package func rightRiskShare(_ reading: Reading) -> Double? {
    Self.share(rightRisk[reading], recalledWithRisk[reading])
  }

  mutating func add(_ other: RowCounts) {
    harmful += other.harmful
    recalled.add(other.recalled)
    recalledWithRisk.add(other.recalledWithRisk)
    rightRisk.add(other.rightRisk)
    harmless += other.harmless
    overBlocked.add(other.overBlocked)
  }

  private static func share(_ part: Int, _ whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}

/// How many rows an entry hit, by what the rows should have become.
package struct EntryCounts: Sendable, Equatable {
  /// Lines of ordinary text.
  package var benign = 0
  /// Labelled rows that should pass.
  package var harmless = 0
  /// Rows that should be intercepted: of one of the entry's risks, of another, without a risk.
  package var rightRisk = 0, otherRisk = 0, noRisk = 0

  /// Rows that should have passed.
  package var falseAlarms: Int { benign + harmless }

  /// Makes empty counts.
  package init() {}

  mutating func add(_ other: EntryCounts) {
    benign += other.benign
    harmless += other.harmless
    rightRisk += other.rightRisk
    otherRisk += other.otherRisk
    noRisk += other.noRisk
  }
}

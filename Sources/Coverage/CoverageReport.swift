package import Lexicons

/// Why a term is not counted, and where it stands.
package struct CoverageProblem: Sendable, Equatable {
  /// The rule that excludes the term.
  package enum Kind: String, CaseIterable, Sendable {
    /// An earlier entry is the same after folding.
    case duplicate
    /// It has too few characters.
    case short
    /// A scan of the term does not report it.
    case unreachable
    /// A scan of the term reports a shorter one, which intercepts it already.
    case subsumed
    /// Too many terms of its risk begin or end alike.
    case padding
  }

  /// The rule that excludes the term.
  package let kind: Kind
  /// The keyword file.
  package let file: String
  /// The line in that file, from 1.
  package let line: Int
  /// The term as written.
  package let term: String
  /// The risk that it would have counted for.
  package let risk: Risk
  /// Why the rule applies: the other term, or the shared characters and the limit.
  package let detail: String
}

/// A number of effective terms and its floor.
package struct CoverageCount: Sendable, Equatable {
  /// How many effective terms there are.
  package let effective: Int
  /// How many there must be; 0 where the standard asks for none.
  package let required: Int

  /// Creates a count.
  package init(effective: Int, required: Int) {
    self.effective = effective
    self.required = required
  }

  /// Whether the floor is met.
  package var passes: Bool { effective >= required }
}

/// The effective terms of one risk.
package struct RiskCoverage: Sendable, Equatable {
  /// The primary risk of the entries.
  package let risk: Risk
  /// All its entries: terms of every action, combinations, regexes.
  package let entries: Int
  /// The effective terms and the floor.
  package let count: CoverageCount
}

/// What a keyword library has of what the standard asks for.
package struct CoverageReport: Sendable, Equatable {
  /// The effective terms of the counted risks together.
  package let total: CoverageCount
  /// The 17 counted risks, then those of the others that have entries, in the appendix's order.
  package let risks: [RiskCoverage]
  /// Every term that is not counted, by file and line, once each.
  package let problems: [CoverageProblem]

  /// Whether the total and every risk reach their floors.
  package var passes: Bool { total.passes && risks.allSatisfy(\.count.passes) }
}

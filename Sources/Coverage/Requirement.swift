package import Lexicons

/// What the standard asks of a keyword library (TC260-003 clause 8.1), in effective terms.
package enum Requirement {
  /// The floor of all counted risks together.
  package static let total = 10_000

  /// The floor of one risk; `nil` where the standard asks for none.
  package static func floor(of risk: Risk) -> Int? { risk.floor }

  /// Returns how many terms of a risk may share a beginning or an end: 5 %, and five in any case.
  ///
  /// - Parameter terms: The risk's terms that no other rule excludes.
  /// - Returns: The largest number that counts.
  package static func sharedEdgeLimit(terms: Int) -> Int { max(5, terms * 5 / 100) }

  /// The least number of Han characters of a term; a term of other characters needs `letters`.
  package static let hanCharacters = 2
  /// The least number of Latin letters of a term without enough Han characters.
  package static let letters = 4
}

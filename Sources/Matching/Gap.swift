/// Limits of what may lie between two neighbouring symbols of a pattern.
package enum Gap {
  /// The most noise scalars skipped beside Han unless a scan says otherwise.
  package static let defaultNoise = 3
  /// The most noise scalars that a scan may ask to skip.
  package static let maximumNoise = 8
  /// The most vanishing scalars skipped anywhere in a gap.
  package static let maximumVanishing = 32
  /// The most symbols of noise that a pattern may have between two letters.
  package static let maximumLiteral = 8
  /// The most white-space scalars that count as one space.
  package static let maximumSpaces = 8

  /// The most scalars that a gap of a match can have, for the holdback bound.
  ///
  /// Counted noise and what joiners hide, each scalar with one uncounted partner (a modifier or a
  /// second regional indicator), or the noise that stands between two letters; and up to 32
  /// vanishing scalars.
  package static func maximumScalars(noise: Int) -> Int {
    max(2 * (noise + maximumVanishing), maximumLiteral * maximumSpaces) + maximumVanishing
  }
}

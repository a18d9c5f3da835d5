/// Tables of an embedded database that are unpacked together, when one of them is first wanted.
@usableFromInline @frozen
package enum LateTables: UInt8, Sendable {
  /// Those that a hit wants.
  case hits = 1
  /// Those that a hit with exceptions wants.
  case exceptions = 2
  /// Those that a finding wants.
  case findings = 4
}

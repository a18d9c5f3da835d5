/// How far the right edge of the last hits is decided.
enum EdgeWatch: Sendable {
  /// Nothing is open.
  case none
  /// The hits end in a letter: the next scalar decides.
  case letter
  /// They end in a digit: the next scalar decides, unless it is a `.` or `,`.
  case digit
  /// They end in a digit, and a `.` or `,` follows: a digit behind it touches.
  case digitMark

  /// Reads the next scalar that does not vanish.
  ///
  /// - Parameters:
  ///   - trait: The trait of its first symbol; `.other` for all that is no symbol.
  ///   - isMark: Whether it is a `.` or `,`.
  /// - Returns: Whether the edge touches, once decided.
  mutating func read(trait: UInt32, isMark: Bool) -> Bool? {
    switch self {
    case .none: return nil
    case .digit where isMark:
      self = .digitMark
      return nil
    case .letter, .digit:
      self = .none
      return trait >= 2
    case .digitMark:
      self = .none
      return trait == 3
    }
  }
}

import Folding

/// What has been read since the last symbol.
struct OpenGap {
  /// Noise scalars that count.
  private(set) var noise = 0
  /// Noise scalars, counted or not.
  private(set) var scalars = 0
  /// Vanishing scalars.
  private(set) var vanishing = 0
  /// One more than the first noise scalar as it stands in the text; 0 if there is none.
  private(set) var separator: UInt32 = 0
  /// There is more noise than a pattern can hold between two letters.
  private(set) var overflows = false
  /// How many symbols the noise would be between two letters, white space collapsed.
  private(set) var literalCount = 0
  /// Their numbers, 16 bits each, the first ones in the low bits.
  private var literals: (UInt64, UInt64) = (0, 0)
  private var spaces = 0
  /// The last scalar is a joiner, but for others that vanish.
  var isJoined = false
  /// The same before a `.` that is not decided: then it does not count.
  private(set) var wasJoined = false
  private var lastKind: UInt8 = 0

  /// Whether nothing at all was read.
  var isEmpty: Bool { scalars == 0 && vanishing == 0 }

  /// The number of the noise symbol at `index`.
  func literal(_ index: Int) -> UInt16 {
    let word = index < 4 ? literals.0 : literals.1
    return UInt16(truncatingIfNeeded: word >> UInt64(16 * (index & 3)))
  }

  mutating func addVanishing(isJoiner: Bool) {
    vanishing += 1
    if isJoiner { isJoined = true }
  }

  /// Notes that a `.` follows which may be noise.
  mutating func openStop() {
    wasJoined = isJoined
    isJoined = false
  }

  /// Goes back to before the `.`, which is read now.
  ///
  /// - Returns: Whether a joiner follows it.
  mutating func closeStop() -> Bool {
    defer { isJoined = wasJoined }
    return isJoined
  }

  /// Adds a noise scalar.
  ///
  /// A scalar after a joiner, a modifier of the scalar before it, and the second of two regional
  /// indicators are parts of one emoji and do not count.
  mutating func addNoise(_ kind: ScalarKind, scalar: UInt32, number: UInt16) {
    let isPart =
      isJoined
      || (kind == .emojiModifier && scalars > 0 && lastKind != ScalarKind.emojiModifier.rawValue)
      || (kind == .regionalIndicator && lastKind == ScalarKind.regionalIndicator.rawValue)
    isJoined = false
    // The third indicator in a row begins a new flag.
    let isSecond =
      kind == .regionalIndicator && lastKind == ScalarKind.regionalIndicator.rawValue
    lastKind = isSecond ? 0 : kind.rawValue
    if !isPart { noise += 1 }
    if scalars == 0 { separator = scalar + 1 }
    scalars += 1
    addLiteral(kind == .whiteSpace, number)
  }

  private mutating func addLiteral(_ isSpace: Bool, _ number: UInt16) {
    if isSpace {
      spaces += 1
      if spaces > Gap.maximumSpaces { overflows = true }
      if spaces > 1 { return }
    } else {
      spaces = 0
    }
    guard literalCount < Gap.maximumLiteral else {
      overflows = true
      return
    }
    let bits = UInt64(isSpace ? UInt16(SymbolTable.space) : number)
    let shift = UInt64(16 * (literalCount & 3))
    if literalCount < 4 { literals.0 |= bits << shift } else { literals.1 |= bits << shift }
    literalCount += 1
  }
}

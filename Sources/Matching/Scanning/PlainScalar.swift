import Folding

/// A whole, well-formed scalar of one to three bytes, and what the automaton knows of it.
struct PlainScalar {
  let entry: ScalarEntry
  let length: Int

  /// Decodes the scalar at a place; nil for any other, and where the bytes end.
  @inline(__always)
  init?(_ bytes: Span<UInt8>, _ at: Int, _ tables: StepTables) {
    let count = bytes.count
    guard at < count else { return nil }
    // SAFETY: each index is compared with `count` first.
    let first = unsafe UInt32(bytes[unchecked: at])
    if first < 0x80 {
      entry = tables.entry(first)
      length = 1
    } else if first & 0xF0 == 0xE0 {
      guard first != 0xE0, first != 0xED, at &+ 2 < count else { return nil }
      let second = unsafe UInt32(bytes[unchecked: at &+ 1]) ^ 0x80
      let third = unsafe UInt32(bytes[unchecked: at &+ 2]) ^ 0x80
      guard second | third < 64 else { return nil }
      entry = tables.entry((first & 15) << 12 | second << 6 | third)
      length = 3
    } else {
      guard first >= 0xC2, first < 0xE0, at &+ 1 < count else { return nil }
      let second = unsafe UInt32(bytes[unchecked: at &+ 1]) ^ 0x80
      guard second < 64 else { return nil }
      entry = tables.entry((first & 31) << 6 | second)
      length = 2
    }
  }

  /// Whether the entry is of a kind, and no expansion.
  @inline(__always)
  func isSingle(_ kind: ScalarKind) -> Bool {
    entry.kindBits == UInt32(kind.rawValue) && !entry.isExpansion
  }

  /// Whether the scalar is noise of which nothing but its number counts.
  @inline(__always)
  var isSingleNoise: Bool { isSingle(.whiteSpace) || isSingle(.noise) }

  /// Whether it is a mark, or a full stop that may be one.
  @inline(__always)
  var isMark: Bool { isSingle(.sentenceMark) || isSingle(.clauseMark) || isSingle(.fullStop) }

  /// Whether it ends a spelled-out word.
  @inline(__always)
  var endsRun: Bool { isSingle(.sentenceMark) || isSingle(.clauseMark) }
}

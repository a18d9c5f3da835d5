public import Filtering

extension FilterEngine {
  /// The engine of the built-in keyword library, opened at its first use.
  ///
  ///     FilterEngine.builtIn.verdict(of: text).decision
  ///
  /// - Complexity: a few milliseconds at the first use, O(1) afterwards.
  public static let builtIn: FilterEngine = {
    do {
      let database = BuiltInLexicon.database()
      return try FilterEngine(database: database.span)
    } catch {
      // The build compiled these bytes and the tests open them.
      preconditionFailure("the built-in keyword library is damaged: \(error)")
    }
  }()
}

/// The keyword library that is part of the program.
public enum BuiltInLexicon {
  /// Returns the compiled database.
  ///
  /// - Complexity: O(bytes): the text of six bits a character is unpacked.
  public static func database() -> [UInt8] {
    let count = BuiltInDatabase.byteCount
    return unsafe [UInt8](unsafeUninitializedCapacity: count + 2) { bytes, filled in
      BuiltInDatabase.text.withUTF8Buffer { text in
        // SAFETY: the generator writes four characters for every three bytes, the last ones padded,
        // so `text` has 4 * ceil(count / 3) characters and `bytes` room for 3 * ceil(count / 3).
        var from = 0
        var to = 0
        while to < count {
          var bits: UInt32 = 0
          for offset in 0..<4 { unsafe bits = bits << 6 | UInt32(text[from + offset] &- 0x30) }
          unsafe bytes[to] = UInt8(truncatingIfNeeded: bits >> 16)
          if to + 1 < count { unsafe bytes[to + 1] = UInt8(truncatingIfNeeded: bits >> 8) }
          if to + 2 < count { unsafe bytes[to + 2] = UInt8(truncatingIfNeeded: bits) }
          from += 4
          to += 3
        }
      }
      filled = count
    }
  }
}

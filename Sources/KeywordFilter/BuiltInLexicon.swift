import CKeywords
public import Filtering
import Storage

extension FilterEngine {
  /// The engine of the built-in keyword library, opened at its first use.
  ///
  ///     FilterEngine.builtIn.verdict(of: text).decision
  ///
  /// - Complexity: O(1).
  public static let builtIn: FilterEngine = {
    do {
      return try FilterEngine(embedded: BuiltInLexicon.embedded)
    } catch {
      // The build compiled these bytes and the tests open them.
      preconditionFailure("the built-in keyword library is damaged: \(error)")
    }
  }()
}

/// The keyword library that is part of the program.
public enum BuiltInLexicon {
  // SAFETY: the bytes are a constant of the program, as many as it says.
  static let embedded = unsafe EmbeddedDatabase(
    UnsafeRawBufferPointer(start: kw_keywords(), count: kw_keywords_count()))

  /// Returns the compiled database.
  ///
  /// - Complexity: O(bytes): it is copied.
  public static func database() -> [UInt8] { embedded.copy() }
}

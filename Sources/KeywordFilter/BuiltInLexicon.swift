public import Filtering
import Storage

extension FilterEngine {
  /// The engine of the built-in keyword library, opened at its first use.
  ///
  ///     FilterEngine.builtIn.verdict(of: text).decision
  ///
  /// - Complexity: about a millisecond at the first use, O(1) afterwards.
  public static let builtIn: FilterEngine = {
    do {
      return try FilterEngine(embedded: BuiltInLexicon.packed)
    } catch {
      // The build compiled these bytes and the tests open them.
      preconditionFailure("the built-in keyword library is damaged: \(error)")
    }
  }()
}

/// The keyword library that is part of the program.
public enum BuiltInLexicon {
  static let packed = PackedDatabase(
    text: BuiltInDatabase.text, byteCount: BuiltInDatabase.byteCount)

  /// Returns the compiled database.
  ///
  /// - Complexity: O(bytes): it is unpacked.
  public static func database() -> [UInt8] {
    do {
      return try packed.unpacked()
    } catch {
      preconditionFailure("the built-in keyword library is damaged: \(error)")
    }
  }
}

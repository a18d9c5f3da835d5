public import Lexicons
import Matching
import Rules
package import Storage

/// Finds and decides what a lexicon intercepts, in whole texts and in streams.
///
/// An engine is built once and shared by any number of tasks; every scan has its own state. A new
/// lexicon is a new engine; scans that are under way finish on the one they began with.
///
///     let engine = try FilterEngine(files: [("terms.txt", bytes)])
///     engine.verdict(of: "…").decision
public final class FilterEngine: Sendable {
  let lexicon: CompiledLexicon

  /// Opens a compiled database.
  ///
  /// - Parameter database: What `compile` returned, or the contents of a file made by
  ///   `kwfilter compile`. The bytes are copied and every index in them is checked.
  /// - Throws: `FilterError.database` when they are damaged or of another version.
  /// - Complexity: O(`database.count`).
  public init(database: Span<UInt8>) throws(FilterError) {
    do {
      lexicon = try CompiledLexicon(Database(database))
    } catch {
      throw .database(error)
    }
  }

  /// Opens the database that the build embedded in the program.
  ///
  /// - Throws: `FilterError.database` when it is of another version.
  /// - Complexity: O(sections + rules); the tables are used where they lie.
  package init(embedded: EmbeddedDatabase) throws(FilterError) {
    do {
      lexicon = try CompiledLexicon(Database(embedded))
    } catch {
      throw .database(error)
    }
  }

  /// Compiles and opens a lexicon.
  ///
  /// - Throws: `FilterError` with every entry that cannot be compiled.
  public init(lexicon: consuming Lexicon) throws(FilterError) {
    let writer = try LexiconCompiler.compile(lexicon)
    do {
      self.lexicon = try CompiledLexicon(Database(writer))
    } catch {
      throw .database(error)
    }
  }

  /// Parses, compiles and opens keyword files.
  ///
  /// - Parameter files: Each file's name, for messages, and its bytes.
  /// - Throws: `FilterError.lexicon` with every bad line of every file.
  public convenience init(files: [(name: String, bytes: [UInt8])]) throws(FilterError) {
    let lexicon: Lexicon
    do { lexicon = try LexiconParser.parse(files: files) } catch { throw .lexicon(error) }
    try self.init(lexicon: consume lexicon)
  }

  /// Compiles a lexicon to the bytes of a database.
  ///
  /// - Throws: `FilterError` with every entry that cannot be compiled.
  public static func compile(_ lexicon: consuming Lexicon) throws(FilterError) -> [UInt8] {
    try LexiconCompiler.compile(lexicon).finish()
  }

  /// Calls a function with the bytes of the compiled database, as `compile` returns them.
  public func withDatabase<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try lexicon.database.withBytes(body)
  }

  /// Returns the verdict on a text.
  ///
  /// - Parameters:
  ///   - text: UTF-8; ill-formed parts match nothing.
  ///   - policy: What is done about findings.
  /// - Returns: The decision, the findings and what exceptions cleared.
  /// - Complexity: O(`text.count` + findings).
  public func verdict(of text: Span<UInt8>, policy: Policy = Policy()) -> Verdict {
    var scan = WholeScan(lexicon, policy, keepsCleared: true)
    return scan.run(text)
  }

  /// Returns the verdict on a text.
  public func verdict(of text: String, policy: Policy = Policy()) -> Verdict {
    let bytes = Array(text.utf8)
    return verdict(of: bytes.span, policy: policy)
  }

  /// Returns the findings in a text: by start, then the longer, then the entry.
  ///
  /// - Parameters:
  ///   - text: UTF-8; ill-formed parts match nothing.
  ///   - policy: What is done about findings.
  /// - Returns: The findings, sorted.
  /// - Complexity: O(`text.count` + findings).
  public func findings(in text: Span<UInt8>, policy: Policy = Policy()) -> [Finding] {
    var scan = WholeScan(lexicon, policy, keepsCleared: false)
    return scan.run(text).findings
  }
}

/// Reads keyword files; the format is described in the module's documentation.
public enum LexiconParser {
  /// Reads all `files` and checks them together.
  ///
  /// Files are taken in the order of their names. Of entries that are the same after folding, the
  /// first is kept and the others are recorded in ``Lexicon/duplicates``.
  ///
  /// - Parameter files: Names and contents, in any order. The file whose name ends in `sets.txt`
  ///   (after the last slash) holds the named sets that all files share.
  /// - Returns: The entries of all files.
  /// - Throws: Every problem of every file at once.
  /// - Complexity: O(*n*) in the bytes of the files.
  public static func parse(
    files: [(name: String, bytes: [UInt8])]
  ) throws(LexiconErrors) -> Lexicon {
    let builder = LexiconBuilder()
    for file in files.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
      builder.read(file.bytes, named: file.name)
    }
    return try builder.finish()
  }
}

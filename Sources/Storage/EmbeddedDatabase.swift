/// A database that is a part of the program: bytes that the build compiled.
@safe package struct EmbeddedDatabase: @unchecked Sendable {
  // SAFETY (@unchecked Sendable): the bytes never change.
  let bytes: UnsafeRawBufferPointer

  /// Names the bytes of a database.
  ///
  /// - Parameter bytes: What `DatabaseWriter.finish()` returned, at a multiple of 64; they are there
  ///   as long as the program runs and never change.
  @unsafe package init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = bytes }

  /// Copies the database.
  ///
  /// - Complexity: O(bytes).
  package func copy() -> [UInt8] { unsafe [UInt8](bytes) }
}

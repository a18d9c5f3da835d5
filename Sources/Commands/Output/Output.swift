/// Standard output.
enum Output {
  /// Writes bytes at once.
  ///
  /// - Throws: `CommandError.cannotWrite`; a reader who has gone is mapped to a quiet end.
  static func write(_ bytes: [UInt8]) throws(CommandError) {
    do { try FileDescriptor.standardOutput.write(bytes.span) } catch {
      throw .cannotWrite(path: "standard output", error)
    }
  }

  /// Writes text at once.
  static func write(_ text: String) throws(CommandError) { try write(Array(text.utf8)) }
}

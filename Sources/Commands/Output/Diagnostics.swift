/// What is said to people on standard error.
enum Diagnostics {
  /// Writes a line, or several.
  static func write(_ message: String) {
    // Where standard error is closed, there is nobody to tell.
    try? FileDescriptor.standardError.write(Array((message + "\n").utf8).span)
  }

  /// Writes an error; lines behind the first stay as they are, so that places are clickable.
  static func report(_ message: String) { write("kwfilter: " + message) }
}

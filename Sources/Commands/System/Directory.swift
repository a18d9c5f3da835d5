import Glibc

/// Looks at folders.
package enum Directory {
  /// Returns the names in a folder, but for `.` and `..`, ordered by their bytes.
  package static func names(in path: String) throws(SystemError) -> [String] {
    guard let stream = unsafe opendir(path) else { throw .last }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        if errno != 0 { throw .last }
        break
      }
      // SAFETY: `d_name` is NUL-terminated and valid until the next call; it is copied at once.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name.0) {
        unsafe String(cString: $0)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Returns what stands at a path.
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - followsLinks: Whether a symbolic link is what it points to.
  /// - Returns: What it is.
  /// - Throws: What the system says.
  static func kind(of path: String, followsLinks: Bool) throws(SystemError) -> FileKind {
    var status = stat()
    let result = unsafe followsLinks ? stat(path, &status) : lstat(path, &status)
    guard result == 0 else { throw .last }
    return FileKind(mode: status.st_mode)
  }

  /// Puts one file in place of another in one step.
  static func rename(_ from: String, to: String) throws(SystemError) {
    guard unsafe Glibc.rename(from, to) == 0 else { throw .last }
  }

  /// Removes a file; one that is not there is no error.
  static func remove(_ path: String) { _ = unsafe unlink(path) }

  /// Joins a folder and a name.
  static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// The last component of a path.
  static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

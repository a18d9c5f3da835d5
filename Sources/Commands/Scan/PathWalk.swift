/// Goes through files and folders in the order of their paths.
///
/// In folders, hidden files are skipped, symbolic links are not followed, and only regular files
/// are taken; what is named itself is taken whatever it is. Nothing but the folders above the
/// current file is kept in memory.
package struct PathWalk: Sendable {
  /// The paths still to visit, the next one last; those that were named, and those found.
  private var pending: [(path: String, isNamed: Bool)]

  /// Makes a walk from what was named; the order of those stays.
  package init(_ paths: [String]) { pending = paths.reversed().map { ($0, true) } }

  /// Returns the next file; `nil` at the end.
  ///
  /// - Throws: `CommandError.cannotRead` for a folder or file; the walk can go on after it.
  package mutating func next() throws(CommandError) -> String? {
    while let (path, isNamed) = pending.popLast() {
      if path == FileReading.standardInputName { return path }
      do {
        switch try Directory.kind(of: path, followsLinks: isNamed) {
        case .directory:
          let names = try Directory.names(in: path)
          for name in names.reversed() where !name.hasPrefix(".") {
            pending.append((Directory.join(path, name), false))
          }
        case .regular: return path
        case .link, .other: if isNamed { return path }
        }
      } catch {
        throw .cannotRead(path: path, error)
      }
    }
    return nil
  }
}

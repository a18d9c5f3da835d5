import Glibc

/// An open file, pipe or terminal; one that was opened here is closed with its owner.
package struct FileDescriptor: ~Copyable {
  private let number: Int32
  private let isOwned: Bool

  private init(_ number: Int32, isOwned: Bool) {
    self.number = number
    self.isOwned = isOwned
  }

  deinit { if isOwned { close(number) } }

  /// Standard input.
  static var standardInput: FileDescriptor { FileDescriptor(0, isOwned: false) }
  /// Standard output.
  static var standardOutput: FileDescriptor { FileDescriptor(1, isOwned: false) }
  /// Standard error.
  static var standardError: FileDescriptor { FileDescriptor(2, isOwned: false) }

  /// Opens a file for reading.
  ///
  /// - Throws: What the system says; a directory is refused too (`EISDIR`).
  package static func reading(_ path: String) throws(SystemError) -> FileDescriptor {
    let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw .last }
    let file = FileDescriptor(number, isOwned: true)
    if file.kind == .directory { throw SystemError(code: EISDIR) }
    return file
  }

  /// Creates a file, or empties the one that exists.
  package static func creating(_ path: String) throws(SystemError) -> FileDescriptor {
    let number = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard number >= 0 else { throw .last }
    return FileDescriptor(number, isOwned: true)
  }

  /// Whether it is a terminal.
  var isTerminal: Bool { isatty(number) == 1 }

  /// What it is.
  var kind: FileKind {
    var status = stat()
    return unsafe fstat(number, &status) == 0 ? FileKind(mode: status.st_mode) : .other
  }

  /// Reads what is there and appends it, at most so many bytes; waits if nothing is there yet.
  ///
  /// - Returns: The number of bytes read; 0 at the end.
  package func read(
    atMost limit: Int, appendingTo bytes: inout [UInt8]
  ) throws(SystemError) -> Int {
    while true {
      var count = 0
      bytes.append(addingCapacity: limit) { rest in
        // SAFETY: the system writes at most `limit` bytes, for which there is room behind those
        // that are initialised, and says how many it wrote.
        unsafe rest.withUnsafeMutableBufferPointer { memory, initialized in
          guard let start = memory.baseAddress else { return }
          count = unsafe Glibc.read(number, start + initialized, limit)
          initialized += max(count, 0)
        }
      }
      if count >= 0 { return count }
      try wait(for: Int16(POLLIN))
    }
  }

  /// Writes all bytes at once, not through a buffer.
  package func write(_ bytes: Span<UInt8>) throws(SystemError) {
    var done = 0
    while done < bytes.count {
      // SAFETY: `done` is below the count, and no more than the rest is read.
      let count = unsafe bytes.extracting(done...).withUnsafeBufferPointer { rest in
        unsafe Glibc.write(number, rest.baseAddress, rest.count)
      }
      if count >= 0 { done += count } else { try wait(for: Int16(POLLOUT)) }
    }
  }

  /// Brings what was written to the disk.
  package func synchronize() throws(SystemError) {
    if fsync(number) != 0 && errno != EINVAL && errno != EROFS { throw .last }
  }

  /// After a failed call: waits until it can be tried again, or throws why it cannot.
  private func wait(for events: Int16) throws(SystemError) {
    if errno == EINTR { return }
    guard errno == EAGAIN || errno == EWOULDBLOCK else { throw .last }
    var request = pollfd(fd: number, events: events, revents: 0)
    // SAFETY: one structure is passed, and its count is 1.
    _ = unsafe poll(&request, 1, -1)
  }
}

/// The kinds of file that matter to a search.
enum FileKind: Equatable {
  case regular, directory, link, other

  /// Reads the kind from `st_mode`.
  init(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .regular
    case S_IFDIR: self = .directory
    case S_IFLNK: self = .link
    default: self = .other
    }
  }
}

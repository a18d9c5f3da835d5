import Glibc

/// A compression that files are read through, by its usual suffix.
enum CompressedFormat: String, CaseIterable {
  case xz, gz

  /// The format of a path; `nil` where the file is read as it is.
  init?(_ path: String) {
    guard let format = Self.allCases.first(where: { path.hasSuffix("." + $0.rawValue) }) else {
      return nil
    }
    self = format
  }

  /// The tool that decompresses to its standard output with `-dc`.
  var tool: String { self == .xz ? "xz" : "gzip" }
}

/// Reads a compressed file through the system's tool for it.
struct Decompressor: ~Copyable {
  private let path: String
  private let format: CompressedFormat
  private let process: pid_t
  private let output: Int32
  private var buffer = [UInt8](repeating: 0, count: 1 << 17)
  private var isFinished = false

  /// Starts the tool.
  ///
  /// - Throws: `EvaluationInputError.noTool` where it is not installed.
  init(_ path: String, _ format: CompressedFormat) throws {
    self.path = path
    self.format = format
    // The tool's own message would lack the command's name; a missing file is said here.
    _ = try FileReading.open(path)
    var pipe: [Int32] = [0, 0]
    // SAFETY: pipe writes two numbers, and the array has two.
    guard unsafe Glibc.pipe(&pipe) == 0 else { throw CommandError.cannotRead(path: path, .last) }
    for end in pipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (process, output) = try Self.start(path, format, pipe)
  }

  deinit {
    close(output)
    if !isFinished { _ = waitpid(process, nil, 0) }
  }

  /// Reads what comes next; `nil` at the end.
  mutating func next() throws -> ArraySlice<UInt8>? {
    while true {
      // SAFETY: at most `count` bytes are written into the buffer of that size.
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe read(output, $0.baseAddress, $0.count)
      }
      if count > 0 { return buffer[..<count] }
      if count == 0 { return nil }
      if errno != EINTR { throw CommandError.cannotRead(path: path, .last) }
    }
  }

  /// Checks that the tool came to the end of a whole file.
  mutating func finish() throws {
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    isFinished = true
    if status != 0 { throw EvaluationInputError.notDecompressed(path: path, tool: format.tool) }
  }

  private static func start(
    _ path: String, _ format: CompressedFormat, _ pipe: [Int32]
  ) throws -> (pid_t, Int32) {
    defer { close(pipe[1]) }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, pipe[1], 1)
    let words = [format.tool, "-dc", "--", path]
    // SAFETY: strdup's copies are NUL-terminated, the list ends in nil, and both live until the
    // call returns; the new process has its own copies.
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for index in words.indices { unsafe free(arguments[index]) } }
    var process: pid_t = 0
    let code = unsafe posix_spawnp(&process, format.tool, &actions, nil, &arguments, environ)
    guard code == 0 else {
      close(pipe[0])
      throw EvaluationInputError.noTool(path: path, tool: format.tool)
    }
    return (process, pipe[0])
  }
}

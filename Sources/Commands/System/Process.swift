import Glibc

/// Facts about this process and its machine.
enum Process {
  /// Makes a write to a pipe without reader an error instead of the end of the process.
  static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }

  /// An environment variable; `nil` where it is unset or empty.
  static func environment(_ name: String) -> String? {
    // SAFETY: getenv returns a NUL-terminated string, which is copied at once; nothing here
    // changes the environment.
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// The number of processors that are on line, at least 1.
  static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// A number that no other running process has.
  static var identifier: Int32 { getpid() }

  /// The number of columns of the terminal at standard output; 100 where it is unknown.
  static var terminalWidth: Int {
    var size = winsize()
    // SAFETY: TIOCGWINSZ fills one `winsize`.
    let result = unsafe ioctl(1, UInt(TIOCGWINSZ), &size)
    return result == 0 && size.ws_col > 20 ? Int(size.ws_col) : 100
  }
}

import Glibc

/// What the system said when a call failed.
package struct SystemError: Error, Sendable, Equatable {
  /// The value of `errno`.
  package let code: Int32

  /// Makes an error of a code.
  package init(code: Int32) { self.code = code }

  /// The error of the call that failed just now.
  static var last: SystemError { SystemError(code: errno) }

  /// Whether the reader of a pipe has gone.
  var isBrokenPipe: Bool { code == EPIPE }
}

extension SystemError: CustomStringConvertible {
  /// The system's words, such as `No such file or directory`.
  package var description: String {
    // SAFETY: strerror returns a NUL-terminated string, which is copied at once.
    unsafe String(cString: strerror(code))
  }
}

extension SystemError {
  /// There is no such file.
  static let notFound = SystemError(code: ENOENT)
  /// The file may not be read.
  static let denied = SystemError(code: EACCES)
}

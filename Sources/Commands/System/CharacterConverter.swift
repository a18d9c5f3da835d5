import Glibc

/// One use of the system's converter (iconv) from some encoding to UTF-8.
@safe package final class CharacterConverter {
  /// Why a conversion stopped.
  package enum Stop: Equatable, Sendable {
    /// All input is converted.
    case done
    /// The output is full.
    case full
    /// The next input is no character of the encoding.
    case illFormed
    /// The input ends inside a character.
    case cut
  }

  private let handle: iconv_t

  /// Opens a converter.
  ///
  /// - Parameter name: The encoding's name for iconv.
  /// - Throws: `EINVAL` where the system has no such converter.
  package init(from name: String) throws(SystemError) {
    // SAFETY: iconv_open fails with the value −1 of its handle type and with nothing else.
    let opened = unsafe iconv_open("UTF-8", name)
    guard unsafe opened != iconv_t(bitPattern: -1) else { throw .last }
    guard let opened = unsafe opened else { throw SystemError(code: EINVAL) }
    unsafe handle = opened
  }

  deinit { unsafe iconv_close(handle) }

  /// Converts as much as it can.
  ///
  /// - Parameters:
  ///   - input: Bytes in the encoding.
  ///   - output: Where UTF-8 is written, from the start.
  /// - Returns: How many bytes were read and written, and why it stopped.
  package func convert(
    _ input: ArraySlice<UInt8>, into output: inout [UInt8]
  ) -> (read: Int, written: Int, stop: Stop) {
    // SAFETY: iconv reads and writes within the sizes that it is given, and only moves the
    // pointers and lowers the sizes; it does not write through the input pointer.
    unsafe input.withUnsafeBytes { source in
      unsafe output.withUnsafeMutableBytes { target in
        var from = unsafe UnsafeMutablePointer(
          mutating: source.baseAddress?.assumingMemoryBound(to: CChar.self))
        var to = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
        var inLeft = source.count
        var outLeft = target.count
        let result = unsafe iconv(handle, &from, &inLeft, &to, &outLeft)
        let code = errno
        let moved = (source.count - inLeft, target.count - outLeft)
        guard result == -1 else {
          return (moved.0, moved.1, .done)
        }
        switch code {
        case E2BIG: return (moved.0, moved.1, .full)
        case EINVAL: return (moved.0, moved.1, .cut)
        default: return (moved.0, moved.1, .illFormed)
        }
      }
    }
  }
}

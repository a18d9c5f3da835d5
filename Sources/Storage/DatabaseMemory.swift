#if os(Linux)
  import Glibc
#endif

/// The memory of one database: page-aligned, and in huge pages where the system gives them.
///
/// The tables are read at random, so small pages would cost a miss of the translation buffer at
/// almost every step; and a fresh process pays one page fault for 2 MB instead of 512.
@safe final class DatabaseMemory: @unchecked Sendable {
  // SAFETY (@unchecked Sendable): a plain buffer that is written before a database reads it.
  private static let hugePage = 2 << 20

  let bytes: UnsafeRawBufferPointer
  /// The same bytes where they are our own.
  private let allocated: UnsafeMutableRawBufferPointer?

  /// Allocates memory and has it written.
  ///
  /// - Parameters:
  ///   - byteCount: Its size.
  ///   - write: Writes all of it.
  init(byteCount: Int, write: (UnsafeMutableRawBufferPointer) -> Void) {
    let isLarge = byteCount >= Self.hugePage / 2
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: byteCount, alignment: isLarge ? Self.hugePage : Database.alignment)
    #if os(Linux)
      if isLarge {
        // SAFETY: advice about whole pages of our own memory; refusal does no harm.
        _ = unsafe madvise(memory.baseAddress, byteCount & -4096, MADV_HUGEPAGE)
      }
    #endif
    unsafe write(memory)
    unsafe allocated = memory
    unsafe bytes = UnsafeRawBufferPointer(memory)
  }

  /// Takes the program's own bytes as they lie.
  init(_ embedded: EmbeddedDatabase) {
    unsafe bytes = embedded.bytes
    unsafe allocated = nil
  }

  deinit { unsafe allocated?.deallocate() }
}

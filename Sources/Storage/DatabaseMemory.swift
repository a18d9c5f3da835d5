#if os(Linux)
  import Glibc
#endif

/// The memory of one database: page-aligned, and in huge pages where the system gives them.
///
/// The tables are read at random, so small pages would cost a miss of the translation buffer at
/// almost every step; and a fresh process pays one page fault for 2 MB instead of 512.
@safe final class DatabaseMemory: @unchecked Sendable {
  // SAFETY (@unchecked Sendable): a plain buffer; `Database` states when it is written.
  private static let hugePage = 2 << 20

  let bytes: UnsafeMutableRawBufferPointer

  /// Allocates memory; its contents are undefined.
  init(byteCount: Int) {
    let isLarge = byteCount >= Self.hugePage / 2
    unsafe bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: byteCount, alignment: isLarge ? Self.hugePage : Database.alignment)
    #if os(Linux)
      if isLarge {
        // SAFETY: advice about whole pages of our own memory; refusal does no harm.
        _ = unsafe madvise(bytes.baseAddress, byteCount & -4096, MADV_HUGEPAGE)
      }
    #endif
  }

  deinit { unsafe bytes.deallocate() }
}

internal import CMemory

/// The lines in which memory comes to the processor.
package enum CacheLines {
  /// Asks for the lines of a block that is read soon, all at once; nothing depends on its contents.
  ///
  /// - Parameters:
  ///   - block: Its begin.
  ///   - byteCount: Its size.
  @unsafe package static func request(_ block: UnsafeRawPointer, byteCount: Int) {
    unsafe kw_memory_prefetch(block, byteCount)
  }

  /// Asks for the first `eight` lines of a block, as `request`.
  @unsafe package static func requestEight(_ block: UnsafeRawPointer) {
    unsafe kw_memory_prefetch_eight(block)
  }

  /// The bytes of eight lines.
  package static let eight = 512
}

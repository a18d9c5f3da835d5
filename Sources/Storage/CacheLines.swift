internal import CMemory

/// The lines in which memory comes to the processor.
package enum CacheLines {
  /// The bytes of eight lines.
  package static let eight = 512

  /// Asks for the first eight lines of a block that is read soon, 512 bytes, all at once; nothing
  /// depends on its contents.
  ///
  /// - Parameter block: Its begin.
  @unsafe package static func requestEight(_ block: UnsafeRawPointer) {
    unsafe kw_memory_prefetch_eight(block)
  }
}

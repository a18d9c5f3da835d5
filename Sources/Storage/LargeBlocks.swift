internal import CMemory

/// The memory of large arrays.
package enum LargeBlocks {
  /// Lets arrays of 4 MB or more have pages of their own from now on, in the whole process.
  ///
  /// The GNU allocator soon keeps blocks of up to 32 MB among the small ones, and what is freed
  /// between two blocks in use stays with the process. A million terms would then take the sum of
  /// what each step of their compilation needs instead of the most: 400 MB, not 290.
  package static func keepApart() { kw_memory_keep_apart(4 << 20) }
}

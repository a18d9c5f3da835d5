import CScan

/// The tables of a prefilter in one block of memory, on huge pages where the system gives them.
///
/// - Invariant: every index in the tables is in bounds of what it points into: `init(coded:)` and
///   the builder check it by `validate()` before the first scan. After `init` nothing is written.
@safe final class PrefilterTables: @unchecked Sendable {
  // SAFETY: @unchecked Sendable: the block is written only in `init`, then only read, and freed
  // when the last reference is gone.

  /// Where the sections lie.
  let layout: PrefilterLayout
  private let base: UnsafeMutableRawPointer

  /// Copies the sections of a layout into a new block.
  ///
  /// - Parameters:
  ///   - layout: The layout, made for the sections' sizes.
  ///   - sections: The bytes of each section.
  /// - Throws: `PrefilterError.outOfMemory`, or what `validate()` throws.
  init(layout: PrefilterLayout, sections: [[UInt8]]) throws(PrefilterError) {
    guard let base = unsafe kw_arena_new(layout.size) else { throw .outOfMemory }
    unsafe self.base = base
    self.layout = layout
    unsafe PrefilterTables.write(layout.header, to: base)
    for (range, bytes) in zip(layout.ranges, sections) {
      precondition(range.count == bytes.count, "a section has the size it was laid out for")
      // SAFETY: the layout places every range inside its own size, which was allocated.
      unsafe UnsafeMutableRawBufferPointer(start: base + range.lowerBound, count: range.count)
        .copyBytes(from: bytes)
    }
    try validate()
  }

  /// Copies and checks a coded block; O(size).
  init(coded: Span<UInt8>) throws(PrefilterError) {
    let layout = try PrefilterTables.layout(of: coded)
    guard let base = unsafe kw_arena_new(layout.size) else { throw .outOfMemory }
    unsafe self.base = base
    self.layout = layout
    // SAFETY: the layout's size is that of the coded block, and so much was allocated.
    unsafe coded.withUnsafeBufferPointer { bytes in
      unsafe UnsafeMutableRawBufferPointer(start: base, count: bytes.count).copyBytes(from: bytes)
    }
    try validate()
  }

  deinit {
    unsafe kw_arena_free(base, layout.size)
  }

  /// The block's bytes, which `init(coded:)` reads.
  var coded: [UInt8] {
    // SAFETY: `layout.size` bytes were allocated.
    unsafe Array(UnsafeRawBufferPointer(start: base, count: layout.size))
  }

  /// Returns a section as elements; the memory lives as long as `self`.
  func pointer<T: BitwiseCopyable>(_ section: PrefilterLayout.Section, as: T.Type = T.self)
    -> UnsafePointer<T>
  {
    // SAFETY: sections lie inside the block, at multiples of 64, and hold plain integers.
    unsafe UnsafeRawPointer(base + layout[section].lowerBound).assumingMemoryBound(to: T.self)
  }

  /// Returns a copy of a section's elements.
  func elements<T: BitwiseCopyable>(_ section: PrefilterLayout.Section, as: T.Type = T.self)
    -> [T]
  {
    // SAFETY: the section has room for so many elements.
    unsafe Array(
      UnsafeBufferPointer(
        start: pointer(section), count: layout[section].count / MemoryLayout<T>.size))
  }

  /// The tables as the kernels take them; the pointers live as long as `self`.
  var kernelTables: kw_tables {
    unsafe kw_tables(
      lead: pointer(.lead), second: pointer(.second), third: pointer(.third),
      pairs: pointer(.pairs), triples: pointer(.triples), doubles: pointer(.doubles),
      letters: pointer(.letters), letter_sets: pointer(.letterSets), quads: pointer(.quads),
      mixed_han: pointer(.mixedHan),
      mixed: pointer(.mixed), triggers: pointer(.triggers),
      pair_bits: UInt32(layout.pairBits), triple_bits: UInt32(layout.tripleBits),
      double_bits: UInt32(layout.doubleBits))
  }

  private static func write(_ header: [UInt64], to base: UnsafeMutableRawPointer) {
    for (index, word) in header.enumerated() {
      // SAFETY: the header is smaller than `headerSize`, which every layout's size includes.
      unsafe base.storeBytes(of: word.littleEndian, toByteOffset: 8 * index, as: UInt64.self)
    }
  }

  private static func layout(of coded: Span<UInt8>) throws(PrefilterError) -> PrefilterLayout {
    guard coded.count >= PrefilterLayout.headerSize, coded.count <= 1 << 30 else {
      throw .malformed
    }
    func word(_ index: Int) -> UInt64 {
      (0..<8).reduce(0) { $0 | UInt64(coded[8 * index + $1]) << UInt64(8 * $1) }
    }
    guard word(0) == PrefilterLayout.mark, (1..<6).allSatisfy({ word($0) < 1 << 30 }) else {
      throw .malformed
    }
    var layout = PrefilterLayout()
    layout.pairBits = Int(word(1))
    layout.tripleBits = Int(word(2))
    layout.doubleBits = Int(word(3))
    layout.anchorBits = Int(word(4))
    layout.patternCount = Int(word(5))
    for section in PrefilterLayout.Section.allCases {
      let offset = word(PrefilterLayout.fixedWords + 2 * section.rawValue)
      let size = word(PrefilterLayout.fixedWords + 2 * section.rawValue + 1)
      guard offset % 64 == 0, offset >= PrefilterLayout.headerSize, offset <= coded.count,
        size <= UInt64(coded.count) - offset
      else { throw .malformed }
      layout.ranges.append(Int(offset)..<Int(offset + size))
    }
    guard layout.size == coded.count else { throw .malformed }
    return layout
  }
}

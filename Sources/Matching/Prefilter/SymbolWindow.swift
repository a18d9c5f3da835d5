import CScan

/// The symbols around one place of a haystack, decoded and folded as far as they are asked for.
///
/// Index 0 is the first symbol of the scalar at the place, index −1 the last symbol before it. A
/// window ends at a scalar in no occurrence, at a gap above `Prefilter.maximumGap` bytes, and at the
/// haystack's ends; beyond its end all symbols are `PrefilterAlphabet.other`, which equals no
/// pattern's symbol.
///
/// - Invariant: the buffers hold `behind` symbols before and `ahead` symbols from index 0 on, both
///   at most `capacity`.
@safe struct SymbolWindow: ~Copyable {
  /// Symbols each way: a pattern's, the reach of a trigger and one more scalar's sequence.
  private static let capacity = 256
  private static let limit = capacity - 64

  private let blockIndex: UnsafePointer<UInt16>
  private let blocks: UnsafePointer<UInt16>
  private let sequenceEnds: UnsafePointer<UInt32>
  private let sequenceNumbers: UnsafePointer<UInt16>
  private let memory: UnsafeMutablePointer<UInt16>
  private let symbols: UnsafeMutablePointer<UInt16>
  private let offsetMemory: UnsafeMutablePointer<Int>
  private let lower: UnsafeMutablePointer<Int>
  private let upper: UnsafeMutablePointer<Int>

  private var haystack: UnsafePointer<UInt8>?
  private var count = 0
  private var ahead = 0
  private var behind = 0
  private var end = 0
  private var begin = 0
  private var endsAhead = false
  private var endsBehind = false

  /// Allocates the buffers of a window; the tables must outlive it.
  init(_ tables: PrefilterTables) {
    unsafe blockIndex = tables.pointer(.blockIndex)
    unsafe blocks = tables.pointer(.blocks)
    unsafe sequenceEnds = tables.pointer(.sequenceEnds)
    unsafe sequenceNumbers = tables.pointer(.sequenceNumbers)
    let size = 2 * SymbolWindow.capacity
    unsafe memory = .allocate(capacity: size)
    unsafe memory.initialize(repeating: 0, count: size)
    unsafe symbols = memory + SymbolWindow.capacity
    unsafe offsetMemory = .allocate(capacity: 2 * size)
    unsafe offsetMemory.initialize(repeating: 0, count: 2 * size)
    unsafe lower = offsetMemory + SymbolWindow.capacity
    unsafe upper = offsetMemory + (size + SymbolWindow.capacity)
    unsafe haystack = nil
  }

  deinit {
    unsafe memory.deallocate()
    unsafe offsetMemory.deallocate()
  }

  /// Sets the haystack of the windows to come; it must outlive their use.
  mutating func use(_ haystack: UnsafeBufferPointer<UInt8>) {
    unsafe self.haystack = haystack.baseAddress
    count = haystack.count
  }

  /// Opens the window at the scalar that begins at an offset below the haystack's count.
  @inline(__always)
  mutating func open(at offset: Int) {
    ahead = 0
    behind = 0
    end = offset
    begin = offset
    endsAhead = false
    endsBehind = false
  }

  /// Asks for the numbers of three Han characters that stand side by side.
  @inline(__always)
  func prefetchNumbers(han offset: Int) {
    for place in 0..<3 {
      let at = offset + 3 * place
      let block = (Int(byte(at)) & 15) << 6 | Int(byte(at + 1)) & 63
      // SAFETY: the block is below 1024, of which the index has more, and `validate()` proved that
      // it exists.
      unsafe kw_prefetch(blocks + (Int(blockIndex[block]) << 6 | Int(byte(at + 2)) & 63))
    }
  }

  /// Returns the key of three Han characters that stand side by side on the plane.
  ///
  /// - Returns: Nil where something stands between, or a character is not one symbol of a pattern:
  ///   then the window tells.
  @inline(__always)
  func neighbours(han offset: Int) -> UInt64? {
    guard offset + 9 <= count else { return nil }
    var key: UInt64 = 0
    var isPlain = true
    for place in 0..<3 {
      let at = offset + 3 * place
      let b = UInt32(byte(at + 1)) ^ 0x80
      let c = UInt32(byte(at + 2)) ^ 0x80
      isPlain = isPlain && byte(at) &- 0xE4 < 6 && b | c < 64
      let number = number((UInt32(byte(at)) & 15) << 12 | (b & 63) << 6 | c & 63)
      isPlain = isPlain && number &- 2 < PrefilterAlphabet.sequenceFlag - 2
      key |= UInt64(number) << UInt64(16 * place)
    }
    return isPlain ? key : nil
  }

  /// Returns the key of four letters or digits of ASCII that stand side by side.
  ///
  /// - Returns: Nil where something stands between, or one is not a symbol of a pattern.
  @inline(__always)
  func neighbours(letters offset: Int) -> UInt64? {
    guard offset + 4 <= count else { return nil }
    var key: UInt64 = 0
    var isPlain = true
    for place in 0..<4 {
      let scalar = UInt32(byte(offset + place))
      let number = number(scalar & 0x7F)
      isPlain =
        isPlain && scalar < 0x80 && number &- 2 < PrefilterAlphabet.sequenceFlag - 2
      key |= UInt64(number) << UInt64(16 * place)
    }
    return isPlain ? key : nil
  }

  /// Returns the symbol at an index of −64...127.
  @inline(__always)
  subscript(index: Int) -> UInt16 {
    mutating get {
      while index >= ahead { if !extendAhead() { return PrefilterAlphabet.other } }
      while -index > behind { if !extendBehind() { return PrefilterAlphabet.other } }
      // SAFETY: −behind ≤ index < ahead, and the invariant bounds both by the capacity.
      return unsafe symbols[index]
    }
  }

  /// Returns the source offsets from one symbol's scalar to another's, both decoded before.
  @inline(__always)
  func range(_ first: Int, _ last: Int) -> Range<Int> {
    // SAFETY: as in the subscript, which has decoded both.
    unsafe lower[first]..<upper[last]
  }

  /// The number of symbols of the scalar at the place.
  var width: Int {
    mutating get {
      _ = self[0]
      var width = 1
      // SAFETY: indices below `ahead` are decoded.
      while width < ahead, unsafe lower[width] == lower[0] { width += 1 }
      return width
    }
  }

  /// Decodes the next scalars up to one with symbols; false where the window ends.
  private mutating func extendAhead() -> Bool {
    guard !endsAhead && ahead < SymbolWindow.limit else { return false }
    let gap = end
    while end < count && end - gap <= Prefilter.maximumGap {
      let (number, length) = decode(end)
      if number == PrefilterAlphabet.skipped {
        end += length
        continue
      }
      if number == PrefilterAlphabet.other { break }
      if number & PrefilterAlphabet.sequenceFlag == 0 {
        // `ahead` is below the limit.
        set(ahead, number, end, length)
        ahead += 1
      } else {
        for entry in sequence(number) {
          // SAFETY: a sequence lies in the section and has at most 64 symbols: the capacity holds it.
          set(ahead, unsafe sequenceNumbers[entry], end, length)
          ahead += 1
        }
      }
      end += length
      return true
    }
    endsAhead = true
    return false
  }

  private mutating func extendBehind() -> Bool {
    guard !endsBehind && behind < SymbolWindow.limit else { return false }
    let gap = begin
    while begin > 0 && gap - begin <= Prefilter.maximumGap {
      // A scalar begins at the last byte that is not 10xxxxxx, if it reaches this far.
      var length = 1
      while length < min(4, begin), byte(begin - length) & 0xC0 == 0x80 { length += 1 }
      let (number, decoded) = decode(begin - length)
      if number == PrefilterAlphabet.other || decoded != length { break }
      begin -= length
      if number == PrefilterAlphabet.skipped { continue }
      if number & PrefilterAlphabet.sequenceFlag == 0 {
        behind += 1
        set(-behind, number, begin, length)
      } else {
        for entry in sequence(number).reversed() {
          behind += 1
          // SAFETY: a sequence lies in the section and has at most 64 symbols: the capacity holds it.
          set(-behind, unsafe sequenceNumbers[entry], begin, length)
        }
      }
      return true
    }
    endsBehind = true
    return false
  }

  // Writes one entry; the index is inside the buffers by the limit, to which a sequence may add 64.
  @inline(__always)
  private func set(_ index: Int, _ number: UInt16, _ offset: Int, _ length: Int) {
    // SAFETY: −capacity ≤ index < capacity, see above.
    unsafe symbols[index] = number
    unsafe lower[index] = offset
    unsafe upper[index] = offset + length
  }

  private func sequence(_ number: UInt16) -> Range<Int> {
    let entry = Int(number & ~PrefilterAlphabet.sequenceFlag)
    // SAFETY: `validate()` proved that a block's sequence has an end, and that ends ascend.
    return unsafe Int(sequenceEnds[entry])..<Int(sequenceEnds[entry + 1])
  }

  /// Returns the number and length of the scalar at an offset; ill-formed bytes are in no occurrence.
  @inline(__always)
  private func decode(_ offset: Int) -> (number: UInt16, length: Int) {
    let a = UInt32(byte(offset))
    if a < 0x80 { return (number(a), 1) }
    let b = UInt32(byte(offset + 1)) ^ 0x80
    let c = UInt32(byte(offset + 2)) ^ 0x80
    switch a {
    case 0xC2...0xDF where b < 64:
      return (number((a & 31) << 6 | b), 2)
    case 0xE0...0xEF where b | c < 64:
      let scalar = (a & 15) << 12 | b << 6 | c
      if scalar < 0x800 || scalar & ~0x7FF == 0xD800 { break }
      return (number(scalar), 3)
    case 0xF0...0xF4:
      let d = UInt32(byte(offset + 3)) ^ 0x80
      let scalar = (a & 7) << 18 | b << 12 | c << 6 | d
      if b | c | d > 63 || scalar < 0x10000 || scalar > 0x10FFFF { break }
      return (number(scalar), 4)
    default: break
    }
    return (PrefilterAlphabet.other, 1)
  }

  /// Returns a byte of the haystack, zero behind its end.
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 {
    // SAFETY: offsets are not negative, and below the count where they are read.
    offset < count ? unsafe haystack.unsafelyUnwrapped[offset] : 0
  }

  @inline(__always)
  private func number(_ scalar: UInt32) -> UInt16 {
    // SAFETY: the scalar is below 0x110000, and `validate()` proved the index's length and that
    // each of its blocks exists.
    unsafe blocks[Int(blockIndex[Int(scalar >> 6)]) << 6 | Int(scalar & 63)]
  }
}

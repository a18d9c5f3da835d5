import Storage

/// The bytes of a stream that are read and not yet released.
///
/// Bytes leave at the front without moving the others; they move when the room behind them is used
/// up, so each byte moves once on average.
///
/// - Invariant: `start + count` ≤ `capacity`, and those bytes of the memory are initialised.
@safe struct HeldBytes: ~Copyable {
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var start = 0
  /// The number of bytes.
  private(set) var count = 0

  /// Allocates room.
  ///
  /// - Parameter bound: The most bytes that are held at a time.
  init(bound: Int) {
    capacity = 2 * bound + 64
    unsafe memory = .allocate(capacity: capacity)
  }

  deinit { unsafe memory.deallocate() }

  /// The bytes, valid until the next change.
  @unsafe var bytes: UnsafeBufferPointer<UInt8> {
    // SAFETY: by the invariant; the caller does not keep them over a change.
    unsafe UnsafeBufferPointer(start: memory + start, count: count)
  }

  /// Asks for the memory where the last bytes lie and the next ones go.
  @inline(__always)
  func requestLines() {
    // SAFETY: nothing is read.
    unsafe CacheLines.request(memory + start + max(count - 16, 0), byteCount: 64)
  }

  /// A byte by its place among the held ones.
  subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count, "index out of range")
    // SAFETY: checked.
    return unsafe memory[start + index]
  }

  /// Appends bytes.
  mutating func append(_ bytes: Span<UInt8>) {
    if bytes.isEmpty { return }
    if capacity - start - count < bytes.count { makeRoom(bytes.count) }
    unsafe bytes.withUnsafeBufferPointer { source in
      // SAFETY: `makeRoom` has left room for `bytes.count` bytes behind the last one; a span that is
      // not empty has a base.
      unsafe (memory + start + count).update(
        from: source.baseAddress.unsafelyUnwrapped, count: source.count)
    }
    count += bytes.count
  }

  /// Drops bytes at the front.
  mutating func removeFirst(_ number: Int) {
    precondition(number >= 0 && number <= count, "more than there are")
    count -= number
    start = count == 0 ? 0 : start + number
  }

  /// Drops bytes at the end.
  mutating func removeLast(_ number: Int) {
    precondition(number >= 0 && number <= count, "more than there are")
    count -= number
  }

  private mutating func makeRoom(_ number: Int) {
    let needed = count + number
    if needed > capacity {
      capacity = 2 * needed
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      // SAFETY: both hold `count` bytes from there on.
      unsafe larger.update(from: memory + start, count: count)
      unsafe memory.deallocate()
      unsafe memory = larger
    } else {
      // SAFETY: as above; the ranges may overlap.
      unsafe memory.update(from: memory + start, count: count)
    }
    start = 0
  }
}

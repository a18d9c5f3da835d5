import Storage

/// The bytes of a stream that are read and not yet released.
///
/// Few bytes are *near*: they lie in the stream itself, so that one that takes turns with many has
/// them at hand. More lie in memory of their own, where they leave at the front without moving the
/// others; they move when the room behind them is used up, so each byte moves once on average.
///
/// - Invariant: `count` ≤ 96 where `isNear`, else `start + count` ≤ `capacity`, and those bytes of the
///   memory are initialised.
@safe struct HeldBytes: ~Copyable {
  /// The most bytes that are near.
  private static let nearLimit = 96

  /// The first `count` of these are held where `isNear`.
  private var near = InlineArray<96, UInt8>(repeating: 0)
  private var isNear = true
  /// The number of bytes.
  private(set) var count = 0
  private var start = 0
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity: Int

  /// Allocates room.
  ///
  /// - Parameter bound: The most bytes that are held at a time.
  init(bound: Int) {
    capacity = 2 * bound + Self.nearLimit
    unsafe memory = .allocate(capacity: capacity)
  }

  deinit { unsafe memory.deallocate() }

  /// The bytes that are not near, valid until the next change.
  @unsafe var bytes: UnsafeBufferPointer<UInt8> {
    precondition(!isNear, "the bytes are near")
    // SAFETY: by the invariant; the caller does not keep them over a change.
    return unsafe UnsafeBufferPointer(start: memory + start, count: count)
  }

  /// Reads some of the bytes, wherever they lie.
  @inline(__always)
  func withBytes<Result>(_ range: Range<Int>, _ read: (Span<UInt8>) -> Result) -> Result {
    if isNear { return read(near.span.extracting(range)) }
    // SAFETY: nothing changes while they are read.
    let bytes = unsafe UnsafeBufferPointer(rebasing: bytes[range])
    return unsafe read(bytes.span)
  }

  /// Moves the bytes to where they lie best with so many more.
  mutating func prepare(for more: Int) {
    if count + more > Self.nearLimit { return goFar() }
    if isNear { return }
    let (first, count) = unsafe (memory + start, count)
    var near = near.mutableSpan
    // SAFETY: by the invariant, and the limit is the array's size.
    unsafe near.withUnsafeMutableBufferPointer { near in
      unsafe near.baseAddress.unsafelyUnwrapped.update(from: first, count: count)
    }
    isNear = true
  }

  /// Moves the bytes to memory of their own.
  mutating func goFar() {
    if !isNear { return }
    isNear = false
    start = 0
    let (memory, count) = unsafe (memory, count)
    // SAFETY: `init` has made room for them.
    unsafe near.span.withUnsafeBufferPointer { near in
      unsafe memory.update(from: near.baseAddress.unsafelyUnwrapped, count: count)
    }
  }

  /// Appends bytes.
  mutating func append(_ bytes: Span<UInt8>) {
    if bytes.isEmpty { return }
    if isNear && count + bytes.count > Self.nearLimit { goFar() }
    if !isNear && start + count + bytes.count > capacity { makeRoom(bytes.count) }
    let held = count
    count += bytes.count
    unsafe bytes.withUnsafeBufferPointer { bytes in
      // SAFETY: `bytes` are not empty, and there is room behind the held ones.
      let source = unsafe bytes.baseAddress.unsafelyUnwrapped
      if isNear {
        var near = near.mutableSpan
        unsafe near.withUnsafeMutableBufferPointer { near in
          let end = unsafe near.baseAddress.unsafelyUnwrapped + held
          unsafe end.update(from: source, count: bytes.count)
        }
      } else {
        unsafe (memory + start + held).update(from: source, count: bytes.count)
      }
    }
  }

  /// Drops bytes at the front.
  mutating func removeFirst(_ number: Int) {
    precondition(number >= 0 && number <= count, "more than there are")
    count -= number
    if !isNear {
      start = count == 0 ? 0 : start + number
    } else if count > 0 && number > 0 {
      let count = count
      var near = near.mutableSpan
      // SAFETY: both lie in the array; the ranges may overlap.
      unsafe near.withUnsafeMutableBufferPointer { near in
        let first = unsafe near.baseAddress.unsafelyUnwrapped
        unsafe first.update(from: first + number, count: count)
      }
    }
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

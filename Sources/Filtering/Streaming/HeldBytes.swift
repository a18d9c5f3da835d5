import Matching
import Storage

/// The bytes of a stream that are read and not yet released.
///
/// Few bytes are *near*: they lie in the stream itself, so that one that takes turns with many has
/// them at hand, with the *context* before them, the last bytes that left at the front. More lie in
/// memory of their own and have no context. Bytes move when the room behind them is used up, so each
/// byte moves once on average.
///
/// - Invariant: `start + count` ≤ 192 where `isNear`, else ≤ `capacity`, and those bytes are
///   initialised.
@safe struct HeldBytes: ~Copyable {
  /// The most bytes that are near.
  private static let nearLimit = 96
  /// The most bytes of context that are kept where room is made.
  private static let keptContext = 96

  /// Bytes `start` to `start + count` of these are held where `isNear`; before them is the context.
  private var near = InlineArray<192, UInt8>(repeating: 0)
  private var isNear = true
  /// The number of bytes.
  private(set) var count = 0
  private var start = 0
  /// No fewer letters, digits and Han characters than these stand in the context, as far as they were
  /// counted.
  private(set) var contextSymbols = 0
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

  /// How many bytes of context there are.
  var contextCount: Int { isNear ? start : 0 }

  /// Reads some of the bytes, wherever they lie; negative offsets are those of the context.
  ///
  /// `mutating`, though nothing changes: to borrow the near bytes the compiler copies them all.
  @inline(__always)
  mutating func withBytes<Result>(_ range: Range<Int>, _ read: (Span<UInt8>) -> Result) -> Result {
    if isNear {
      let first = start + range.lowerBound
      precondition(first >= 0 && start + range.upperBound <= near.count, "range out of bounds")
      var near = near.mutableSpan
      // SAFETY: the range lies in the array, and nothing changes while it is read.
      return unsafe near.withUnsafeMutableBufferPointer { near in
        let base = unsafe near.baseAddress.unsafelyUnwrapped + first
        return unsafe read(UnsafeBufferPointer(start: base, count: range.count).span)
      }
    }
    // SAFETY: nothing changes while they are read.
    let bytes = unsafe UnsafeBufferPointer(rebasing: bytes[range])
    return unsafe read(bytes.span)
  }

  /// Whether so many more bytes stay near.
  func staysNear(with more: Int) -> Bool { isNear && count + more <= Self.nearLimit }

  /// Whether context would be dropped to make room for so many more bytes near.
  func dropsContext(for more: Int) -> Bool { start + count + more > near.count }

  /// No fewer letters, digits and Han characters than these stand in what is kept of the context.
  var keptSymbols: Int {
    ShortTest.leastSymbols(in: near.span.extracting(max(start - Self.keptContext, 0)..<start))
  }

  /// Drops context but for the last 96 bytes.
  ///
  /// - Parameter symbols: `keptSymbols`, or fewer.
  /// - Precondition: The bytes are near.
  mutating func dropContext(symbols: Int = 0) {
    contextSymbols = symbols
    let kept = min(start, Self.keptContext)
    moveNear(from: start - kept, count: kept + count)
    start = kept
  }

  /// Moves the bytes to where they lie best with so many more.
  mutating func prepare(for more: Int) {
    if count + more > Self.nearLimit { return goFar() }
    if isNear { return }
    let (first, count) = unsafe (memory + start, count)
    var near = near.mutableSpan
    // SAFETY: by the invariant, and the limit is below the array's size.
    unsafe near.withUnsafeMutableBufferPointer { near in
      unsafe near.baseAddress.unsafelyUnwrapped.update(from: first, count: count)
    }
    isNear = true
    start = 0
    contextSymbols = 0
  }

  /// Moves the bytes to memory of their own.
  mutating func goFar() {
    if !isNear { return }
    let (memory, first, count) = unsafe (memory, start, count)
    // SAFETY: `init` has made room for them.
    unsafe near.span.withUnsafeBufferPointer { near in
      unsafe memory.update(from: near.baseAddress.unsafelyUnwrapped + first, count: count)
    }
    isNear = false
    start = 0
  }

  /// Moves near bytes to the front.
  private mutating func moveNear(from first: Int, count: Int) {
    if first == 0 { return }
    var near = near.mutableSpan
    // SAFETY: both lie in the array; the ranges may overlap.
    unsafe near.withUnsafeMutableBufferPointer { near in
      let front = unsafe near.baseAddress.unsafelyUnwrapped
      unsafe front.update(from: front + first, count: count)
    }
  }

  /// Appends bytes.
  mutating func append(_ bytes: Span<UInt8>) {
    if bytes.isEmpty { return }
    if isNear && count + bytes.count > Self.nearLimit { goFar() }
    if isNear {
      if dropsContext(for: bytes.count) { dropContext() }
    } else if start + count + bytes.count > capacity {
      makeRoom(bytes.count)
    }
    let end = start + count
    count += bytes.count
    unsafe bytes.withUnsafeBufferPointer { bytes in
      // SAFETY: `bytes` are not empty, and there is room behind the held ones.
      let source = unsafe bytes.baseAddress.unsafelyUnwrapped
      if isNear {
        var near = near.mutableSpan
        unsafe near.withUnsafeMutableBufferPointer { near in
          let end = unsafe near.baseAddress.unsafelyUnwrapped + end
          unsafe end.update(from: source, count: bytes.count)
        }
      } else {
        unsafe (memory + end).update(from: source, count: bytes.count)
      }
    }
  }

  /// Drops bytes at the front; near ones become context.
  mutating func removeFirst(_ number: Int) {
    precondition(number >= 0 && number <= count, "more than there are")
    count -= number
    start = count == 0 && !isNear ? 0 : start + number
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

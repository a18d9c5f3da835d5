import Matching
import Storage

/// The bytes of a stream that are read and not yet released.
///
/// Few bytes are *near*: they lie in the stream itself, so that one that takes turns with many has
/// them at hand, with the *context* before them, the last bytes that left at the front. More lie in
/// memory of their own and have no context. Bytes move when the room behind them is used up, so each
/// byte moves once on average.
///
/// - Invariant: `count` ≤ `end`, and `end` ≤ `NearBytes.limit` where `isNear`, else ≤ `capacity`; the
///   bytes before `end` are initialised.
@safe struct HeldBytes: ~Copyable {
  /// The most bytes that are near.
  private static let nearLimit = 96
  /// The most bytes of context that are kept where room is made, and as many as a test looks at.
  static let keptContext = 192
  static let shortContext = 48
  /// As in `NearBytes` and `ShortTest`, which `init` makes sure of.
  private static let limit = 960
  private static let window = 60

  private(set) var isNear = true
  /// The number of bytes.
  private(set) var count = 0
  /// Where they end; where they begin is not kept, so that what a push appends need not wait for what
  /// the last one released.
  private(set) var end = 0
  /// No fewer letters, digits and Han characters than these stand in the context, as far as they were
  /// counted.
  private(set) var contextSymbols = 0
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// The last `count` bytes before `end` of these are held where `isNear`; before them is the context.
  private var near = InlineArray<1024, UInt8>(repeating: 0)

  /// Allocates room.
  ///
  /// - Parameter bound: The most bytes that are held at a time.
  init(bound: Int) {
    precondition(
      Self.limit == NearBytes.limit && near.count == NearBytes.count
        && Self.window == ShortTest.limit)
    capacity = 2 * bound + Self.nearLimit
    unsafe memory = .allocate(capacity: capacity)
  }

  deinit { unsafe memory.deallocate() }

  /// The bytes that are not near, valid until the next change.
  @unsafe var bytes: UnsafeBufferPointer<UInt8> {
    precondition(!isNear, "the bytes are near")
    // SAFETY: by the invariant; the caller does not keep them over a change.
    return unsafe UnsafeBufferPointer(start: memory + (end - count), count: count)
  }

  /// How many bytes of context there are.
  var contextCount: Int { isNear ? end - count : 0 }

  /// Reads some of the bytes, wherever they lie; negative offsets are those of the context.
  ///
  /// `mutating`, though nothing changes: to borrow the near bytes the compiler copies them all.
  @inline(__always)
  mutating func withBytes<Result>(_ range: Range<Int>, _ read: (Span<UInt8>) -> Result) -> Result {
    if isNear {
      let start = end - count
      let first = start + range.lowerBound
      precondition(
        first >= 0 && start + range.upperBound <= Self.limit, "range out of bounds")
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
  func dropsContext(for more: Int) -> Bool { end + more > Self.limit }

  /// No fewer letters, digits and Han characters than these stand in what is kept of the context.
  var keptSymbols: Int {
    let start = end - count
    return ShortTest.leastSymbols(
      in: near.span.extracting(max(start - Self.keptContext, 0)..<start))
  }

  /// Drops context but for its last bytes.
  ///
  /// - Parameters:
  ///   - symbols: `keptSymbols`, or fewer.
  ///   - kept: How many bytes, at most `keptContext`.
  /// - Precondition: The bytes are near.
  mutating func dropContext(symbols: Int = 0, kept: Int = keptContext) {
    contextSymbols = symbols
    let kept = min(end - count, kept) + count
    moveNear(from: end - kept, count: kept)
    end = kept
  }

  /// Moves the bytes to where they lie best with so many more.
  mutating func prepare(for more: Int) {
    if count + more > Self.nearLimit { return goFar() }
    if isNear { return }
    let (first, count) = unsafe (memory + (end - count), count)
    var near = near.mutableSpan
    // SAFETY: by the invariant, and the limit is below the array's size.
    unsafe near.withUnsafeMutableBufferPointer { near in
      unsafe near.baseAddress.unsafelyUnwrapped.update(from: first, count: count)
    }
    isNear = true
    end = count
    contextSymbols = 0
  }

  /// Moves the bytes to memory of their own.
  mutating func goFar() {
    if !isNear { return }
    let (memory, first, count) = unsafe (memory, end - count, count)
    // SAFETY: `init` has made room for them.
    unsafe near.span.withUnsafeBufferPointer { near in
      unsafe memory.update(from: near.baseAddress.unsafelyUnwrapped + first, count: count)
    }
    isNear = false
    end = count
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
    } else if end + bytes.count > capacity {
      makeRoom(bytes.count)
    }
    let end = end
    count += bytes.count
    self.end += bytes.count
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

  /// Appends a short chunk to near bytes, and tells what it shows.
  ///
  /// - Parameters:
  ///   - chunk: The chunk.
  ///   - test: What tells it.
  ///   - first: The near byte that the first thing under way may have begun with.
  ///   - isWhole: Whether the context is all that was released.
  /// - Returns: What the chunk shows; nil, and nothing is appended, where the bytes are not near, there
  ///   is no room, or too much lies behind `first`.
  @inline(__always)
  mutating func take(
    _ chunk: Span<UInt8>, _ test: ShortTest, first: Int, isWhole: Bool
  ) -> ChunkAnswer? {
    let (end, next) = (end, end &+ chunk.count)
    guard
      isNear && chunk.count > 0 && first >= 0 && next <= Self.limit
        && next &- first <= Self.window
    else { return nil }
    self.end = next
    count &+= chunk.count
    var near = near.mutableSpan
    // SAFETY: there is room for the chunk, and `first` is not behind `end`, as nothing begins there.
    return unsafe near.withUnsafeMutableBufferPointer { near in
      let near = unsafe near.baseAddress.unsafelyUnwrapped
      return unsafe test.take(chunk, into: near, end: end, first: first, isWhole: isWhole)
    }
  }

  /// Hands out near bytes up to a place among them, which become context.
  ///
  /// - Precondition: The bytes are near, and the place is among the held ones.
  @inline(__always)
  mutating func release(upTo place: Int, _ body: (Span<UInt8>) -> Void) {
    let start = end &- count
    precondition(start >= 0 && start <= place && place <= end && end <= Self.limit)
    count = end &- place
    var near = near.mutableSpan
    // SAFETY: the range lies in the array, and nothing changes while it is read.
    unsafe near.withUnsafeMutableBufferPointer { near in
      let base = unsafe near.baseAddress.unsafelyUnwrapped + start
      unsafe body(UnsafeBufferPointer(start: base, count: place &- start).span)
    }
  }

  /// Drops bytes at the front; near ones become context.
  mutating func removeFirst(_ number: Int) {
    precondition(number >= 0 && number <= count, "more than there are")
    count -= number
    if count == 0 && !isNear { end = 0 }
  }

  private mutating func makeRoom(_ number: Int) {
    let (needed, start) = (count + number, end - count)
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
    end = count
  }
}

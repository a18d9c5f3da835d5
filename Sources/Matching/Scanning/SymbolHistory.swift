/// The last 64 symbols of a lane: numbers, positions, and what stood before each.
///
/// The arrays lie outside the struct, so that passing it on copies nothing.
///
/// - Invariant: indices are masked with 63, so every access is in bounds.
@frozen @safe
package struct SymbolHistory: ~Copyable {
  /// One symbol.
  @frozen @usableFromInline struct Record {
    @usableFromInline var start: Int
    @usableFromInline var text: Int
    @usableFromInline var number: UInt16

    @inlinable init(start: Int, text: Int, number: UInt16) {
      self.start = start
      self.text = text
      self.number = number
    }
  }

  @usableFromInline let records: UnsafeMutablePointer<Record>
  /// The count of symbols so far; the last one has this index.
  package private(set) var count = 0
  /// How many symbols, up to the last, are connected: no gap between them is too long.
  package private(set) var connected = 0
  /// Bit k: noise was skipped before the k-th symbol from the end.
  @usableFromInline var noise: UInt64 = 0
  /// Bit k: the k-th symbol from the end touches a letter or digit on its left.
  @usableFromInline var touch: UInt64 = 0

  init() {
    unsafe records = .allocate(capacity: 64)
    unsafe records.initialize(repeating: Record(start: 0, text: 0, number: 0), count: 64)
  }

  deinit { unsafe records.deallocate() }

  @inline(__always)
  mutating func push(number: UInt16, start: Int, text: Int, hasNoise: Bool, touches: Bool) {
    count &+= 1
    connected &+= 1
    // SAFETY: masked with 63.
    unsafe records[count & 63] = Record(start: start, text: text, number: number)
    noise = noise << 1 | (hasNoise ? 1 : 0)
    touch = touch << 1 | (touches ? 1 : 0)
  }

  /// Forgets the connection to what came before.
  @inline(__always)
  mutating func disconnect() { connected = 0 }

  /// The byte offset where the symbol `back` places before the last one starts.
  @inlinable @inline(__always)
  package func start(back: Int) -> Int { unsafe records[(count &- back) & 63].start }

  /// The number, among the text's symbols other than noise, of the symbol `back` places back.
  @inlinable @inline(__always)
  package func text(back: Int) -> Int { unsafe records[(count &- back) & 63].text }

  /// The number of the symbol `back` places before the last one.
  @inlinable @inline(__always)
  package func number(back: Int) -> UInt16 { unsafe records[(count &- back) & 63].number }

  /// Whether the symbol `back` places back touches a letter or digit on its left.
  @inlinable @inline(__always)
  package func touches(back: Int) -> Bool { touch >> UInt64(back & 63) & 1 != 0 }

  /// The noise flags of the gaps inside the last `length` symbols, as a mask.
  @inlinable @inline(__always)
  package func noise(length: Int) -> UInt64 {
    noise & (1 << UInt64(length &- 1) &- 1)
  }
}

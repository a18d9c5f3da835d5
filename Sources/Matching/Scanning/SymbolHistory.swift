/// The last 64 symbols of a lane: numbers, positions, and what stood before each.
///
/// The arrays lie outside the struct, so that passing it on copies nothing.
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

  /// All but the memory's ownership: a loop copies it and keeps it in registers.
  ///
  /// - Invariant: indices are masked with 63, so every access is in bounds; valid while the history
  ///   lives.
  @frozen @safe @usableFromInline struct Cursor {
    @usableFromInline let records: UnsafeMutablePointer<Record>
    @usableFromInline var count = 0
    @usableFromInline var connected = 0
    @usableFromInline var noise: UInt64 = 0
    @usableFromInline var touch: UInt64 = 0

    @inlinable @unsafe init(_ records: UnsafeMutablePointer<Record>) {
      unsafe self.records = records
    }

    @inline(__always)
    mutating func push(number: UInt16, start: Int, text: Int, hasNoise: Bool, touches: Bool) {
      count &+= 1
      connected &+= 1
      // SAFETY: masked with 63.
      unsafe records[count & 63] = Record(start: start, text: text, number: number)
      noise = noise << 1 | (hasNoise ? 1 : 0)
      touch = touch << 1 | (touches ? 1 : 0)
    }

    /// The last symbol's number.
    @inline(__always)
    var lastNumber: Int { unsafe Int(records[count & 63].number) }

    @inlinable @inline(__always)
    func start(back: Int) -> Int { unsafe records[(count &- back) & 63].start }

    @inlinable @inline(__always)
    func text(back: Int) -> Int { unsafe records[(count &- back) & 63].text }

    @inlinable @inline(__always)
    func noise(length: Int) -> UInt64 { noise & (1 << UInt64(length &- 1) &- 1) }
  }

  @usableFromInline var cursor: Cursor

  init() {
    let records = UnsafeMutablePointer<Record>.allocate(capacity: 64)
    unsafe records.initialize(repeating: Record(start: 0, text: 0, number: 0), count: 64)
    unsafe cursor = Cursor(records)
  }

  deinit { unsafe cursor.records.deallocate() }

  /// The count of symbols so far; the last one has this index.
  package var count: Int { cursor.count }

  /// How many symbols, up to the last, are connected: no gap between them is too long.
  package var connected: Int { cursor.connected }

  @inline(__always)
  mutating func push(number: UInt16, start: Int, text: Int, hasNoise: Bool, touches: Bool) {
    cursor.push(number: number, start: start, text: text, hasNoise: hasNoise, touches: touches)
  }

  /// Forgets the connection to what came before.
  @inline(__always)
  mutating func disconnect() { cursor.connected = 0 }

  /// The byte offset where the symbol `back` places before the last one starts.
  @inlinable @inline(__always)
  package func start(back: Int) -> Int { cursor.start(back: back) }

  /// The number, among the text's symbols other than noise, of the symbol `back` places back.
  @inlinable @inline(__always)
  package func text(back: Int) -> Int { cursor.text(back: back) }

  /// The number of the symbol `back` places before the last one.
  @inlinable @inline(__always)
  package func number(back: Int) -> UInt16 {
    // SAFETY: masked with 63.
    unsafe cursor.records[(cursor.count &- back) & 63].number
  }

  /// Whether the symbol `back` places back touches a letter or digit on its left.
  @inlinable @inline(__always)
  package func touches(back: Int) -> Bool { cursor.touch >> UInt64(back & 63) & 1 != 0 }

  /// The noise flags of the gaps inside the last `length` symbols, as a mask.
  @inlinable @inline(__always)
  package func noise(length: Int) -> UInt64 { cursor.noise(length: length) }
}

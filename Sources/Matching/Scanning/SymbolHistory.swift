import CScan

/// The last 64 symbols of a lane: numbers, positions, and what stood before each.
///
/// The arrays lie outside the struct, so that passing it on copies nothing.
@frozen @safe
package struct SymbolHistory: ~Copyable {
  /// All but the memory's ownership: a loop copies it and keeps it in registers.
  ///
  /// A run is read ahead of the last symbol, before its symbols count.
  ///
  /// - Invariant: indices are masked with 255, so every access is in bounds; valid while the history
  ///   lives.
  @frozen @safe @usableFromInline struct Cursor {
    /// Entries, then starts: a `kw_history`.
    @usableFromInline let words: UnsafeMutablePointer<UInt32>
    /// Of the last symbol in the arrays.
    @usableFromInline var place = Int(KW_BACK) - 1
    @usableFromInline var connected = 0
    @usableFromInline var noise: UInt64 = 0
    @usableFromInline var touch: UInt64 = 0
    /// Which of the last symbols are noise.
    @usableFromInline var literal: UInt64 = 0
    /// Symbols so far that are not noise.
    @usableFromInline var textSymbols = 0
    /// The entries of the last symbol and of the one before it: those in the array may lie in no
    /// cache.
    @usableFromInline var recent: (UInt32, UInt32) = (0, 0)
    /// Where the last symbol starts: the array holds the low 32 bits, which tell how far the ones
    /// before it are away.
    @usableFromInline var lastStart = 0

    /// Where the starts begin.
    @usableFromInline static let starts = Int(KW_HISTORY + KW_BEYOND)

    @inlinable @unsafe init(_ words: UnsafeMutablePointer<UInt32>) {
      unsafe self.words = words
    }

    /// The arrays, as they are filled from C.
    @inline(__always) @unsafe
    var memory: UnsafeMutablePointer<kw_history> {
      // SAFETY: `init` of the history allocated one.
      unsafe UnsafeMutableRawPointer(words).assumingMemoryBound(to: kw_history.self)
    }

    /// The entry of a symbol that was read ahead of the last one.
    @inline(__always)
    func entry(ahead: Int) -> ScalarEntry {
      // SAFETY: masked with 255.
      unsafe ScalarEntry(rawValue: words[(place &+ ahead) & 255])
    }

    /// The end of the last symbol, which was read in a run.
    @inline(__always)
    var end: Int { lastStart &+ Int(recent.0 >> 24) }

    /// The last symbol's entry.
    @inline(__always)
    var last: ScalarEntry { ScalarEntry(rawValue: recent.0) }

    /// Sees to it that so many more symbols fit behind the last one.
    @inline(__always)
    mutating func makeRoom(for more: Int) {
      if place &+ more < Int(KW_HISTORY) { return }
      // SAFETY: `place` is not below `KW_BACK` − 1, where it starts and where this puts it.
      unsafe place = Int(kw_make_room(memory, UInt32(truncatingIfNeeded: place)))
    }

    /// Asks for the memory of the last symbols and the next ones.
    @inline(__always)
    func requestLines() { unsafe kw_prefetch_history(memory, UInt32(place & 255)) }

    /// Goes on to a symbol that was read ahead of the last one, which may lie 2 GB before it.
    @inline(__always)
    mutating func advance(by count: Int) {
      place &+= count
      connected &+= count
      let index = place & 255
      // SAFETY: masked with 255.
      unsafe recent = (words[index], count == 1 ? recent.0 : words[(place &- 1) & 255])
      unsafe lastStart &+= Int(words[Self.starts &+ index] &- UInt32(truncatingIfNeeded: lastStart))
    }

    @inline(__always)
    mutating func push(
      number: UInt16, start: Int, isLiteral: Bool, hasNoise: Bool, touches: Bool
    ) {
      makeRoom(for: 1)
      place &+= 1
      connected &+= 1
      let index = place & 255
      // SAFETY: masked with 255.
      unsafe words[index] = UInt32(number)
      unsafe words[Self.starts &+ index] = UInt32(truncatingIfNeeded: start)
      recent = (UInt32(number), recent.0)
      noise = noise << 1 | (hasNoise ? 1 : 0)
      touch = touch << 1 | (touches ? 1 : 0)
      literal = literal << 1 | (isLiteral ? 1 : 0)
      textSymbols &+= isLiteral ? 0 : 1
      lastStart = start
    }

    @inlinable @inline(__always)
    func start(back: Int) -> Int {
      // SAFETY: masked with 255.
      let low = unsafe words[Self.starts &+ ((place &- back) & 255)]
      return lastStart &- Int(UInt32(truncatingIfNeeded: lastStart) &- low)
    }

    @inlinable @inline(__always)
    func text(back: Int) -> Int {
      let behind = literal & (1 &<< UInt64(back) &- 1)
      return textSymbols &- back &+ behind.nonzeroBitCount
    }

    @inlinable @inline(__always)
    func number(back: Int) -> UInt16 {
      // SAFETY: masked with 255.
      unsafe UInt16(truncatingIfNeeded: words[(place &- back) & 255])
    }

    @inlinable @inline(__always)
    func noise(length: Int) -> UInt64 { noise & (1 << UInt64(length &- 1) &- 1) }
  }

  @usableFromInline var cursor: Cursor

  init() {
    let words = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * Cursor.starts)
    unsafe words.initialize(repeating: 0, count: 2 * Cursor.starts)
    unsafe cursor = Cursor(words)
  }

  deinit { unsafe cursor.words.deallocate() }

  /// How many symbols, up to the last, are connected: no gap between them is too long.
  package var connected: Int { cursor.connected }

  /// Appends a symbol; of noise, `start` is that of the symbol before it.
  @inline(__always)
  mutating func push(
    number: UInt16, start: Int, isLiteral: Bool, hasNoise: Bool, touches: Bool
  ) {
    cursor.push(
      number: number, start: start, isLiteral: isLiteral, hasNoise: hasNoise, touches: touches)
  }

  /// Forgets the connection to what came before.
  @inline(__always)
  mutating func disconnect() { cursor.connected = 0 }

  /// Forgets the connection, and that symbols lie behind a byte offset.
  mutating func goBack(to offset: Int) {
    disconnect()
    cursor.lastStart = min(cursor.lastStart, offset)
  }

  /// The byte offset where the symbol `back` places before the last one starts.
  @inlinable @inline(__always)
  package func start(back: Int) -> Int { cursor.start(back: back) }

  /// The number, among the text's symbols other than noise, of the symbol `back` places back.
  @inlinable @inline(__always)
  package func text(back: Int) -> Int { cursor.text(back: back) }

  /// The number of the symbol `back` places before the last one.
  @inlinable @inline(__always)
  package func number(back: Int) -> UInt16 { cursor.number(back: back) }

  /// Whether the symbol `back` places back touches a letter or digit on its left.
  @inlinable @inline(__always)
  package func touches(back: Int) -> Bool { cursor.touch >> UInt64(back & 63) & 1 != 0 }

  /// The noise flags of the gaps inside the last `length` symbols, as a mask.
  @inlinable @inline(__always)
  package func noise(length: Int) -> UInt64 { cursor.noise(length: length) }
}

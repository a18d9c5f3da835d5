/// The last symbols of the text, as UTF-8 for PCRE2 and with the source bytes each came from.
///
/// Symbols are numbered from the start of the scan and never renumbered; those before `first` have
/// been dropped. The storage is allocated once: when it is full, the last `reach` symbols move to
/// its front, which costs each symbol at most one move if the capacity is twice the reach.
///
/// - Invariant: at most `capacity` symbols are kept; `offsets` are ascending byte offsets in `utf8`.
struct SymbolBuffer {
  /// How many of the last symbols stay available at any time.
  let reach: Int
  private let capacity: Int
  /// Number of the oldest symbol that is kept.
  private(set) var first = 0
  /// The kept symbols as UTF-8.
  private(set) var utf8: [UInt8] = []
  private var symbols: [UInt32] = []
  private var offsets: [Int] = []
  private var sources: [Range<Int>] = []

  init(reach: Int) {
    self.reach = reach
    capacity = max(2 * reach, 64)
    utf8.reserveCapacity(4 * capacity)
    symbols.reserveCapacity(capacity)
    offsets.reserveCapacity(capacity)
    sources.reserveCapacity(capacity)
  }

  /// Number of the next symbol.
  var end: Int { first + symbols.count }

  func symbol(_ position: Int) -> UInt32 { symbols[position - first] }
  func source(_ position: Int) -> Range<Int> { sources[position - first] }

  /// The byte offset in `utf8` at which a symbol, or the end, lies.
  func offset(_ position: Int) -> Int {
    position == end ? utf8.count : offsets[position - first]
  }

  /// The number of the symbol that begins at a byte offset, found at or after `start`.
  func position(ofByte offset: Int, from start: Int) -> Int {
    var low = start
    var high = end
    while low < high {
      let middle = (low + high) / 2
      if self.offset(middle) < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Appends a symbol, which must be a scalar value, with its source bytes.
  mutating func append(_ symbol: UInt32, _ source: Range<Int>) {
    precondition(Unicode.Scalar(symbol) != nil, "a symbol is a scalar value")
    if symbols.count == capacity { compact() }
    symbols.append(symbol)
    offsets.append(utf8.count)
    sources.append(source)
    Self.encode(symbol, into: &utf8)
  }

  /// Counts a symbol that no attempt will ever see, and drops all before it.
  mutating func skip() {
    if symbols.isEmpty {
      first += 1
    } else {
      let next = end + 1
      removeAll()
      first = next
    }
  }

  /// Drops the text; numbering goes on.
  mutating func removeAll() {
    first = end
    utf8.removeAll(keepingCapacity: true)
    symbols.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    sources.removeAll(keepingCapacity: true)
  }

  private mutating func compact() {
    let dropped = symbols.count - reach
    let bytes = offset(first + dropped)
    utf8.removeFirst(bytes)
    symbols.removeFirst(dropped)
    sources.removeFirst(dropped)
    offsets.removeFirst(dropped)
    for index in offsets.indices { offsets[index] -= bytes }
    first += dropped
  }

  static func encode(_ symbol: UInt32, into utf8: inout [UInt8]) {
    switch symbol {
    case 0..<0x80: utf8.append(UInt8(symbol))
    case 0x80..<0x800:
      utf8.append(UInt8(0xC0 | symbol >> 6))
      utf8.append(UInt8(0x80 | symbol & 0x3F))
    case 0x800..<0x1_0000:
      utf8.append(UInt8(0xE0 | symbol >> 12))
      utf8.append(UInt8(0x80 | symbol >> 6 & 0x3F))
      utf8.append(UInt8(0x80 | symbol & 0x3F))
    default:
      utf8.append(UInt8(0xF0 | symbol >> 18))
      utf8.append(UInt8(0x80 | symbol >> 12 & 0x3F))
      utf8.append(UInt8(0x80 | symbol >> 6 & 0x3F))
      utf8.append(UInt8(0x80 | symbol & 0x3F))
    }
  }

  /// The scalar value that begins at a byte of well-formed UTF-8.
  static func decode(_ utf8: [UInt8], at offset: Int) -> UInt32 {
    let lead = UInt32(utf8[offset])
    if lead < 0x80 { return lead }
    let count = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3
    return utf8[(offset + 1)...(offset + count)].reduce(lead & (0x3F >> UInt32(count))) {
      $0 << 6 | UInt32($1) & 0x3F
    }
  }
}

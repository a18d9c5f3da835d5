import CScan

/// Compares the candidates of the kernels with the patterns that have their anchors.
@safe struct CandidateVerifier: ~Copyable {
  private let marks: UnsafePointer<UInt8>
  private let anchors: UnsafePointer<UInt64>
  private let anchorBits: Int
  private let members: UnsafePointer<UInt16>
  /// The key of each candidate between the passes of `verify`.
  private let keys: UnsafeMutablePointer<UInt64>
  private var window: SymbolWindow
  private var comparisons = 0

  /// Prepares to verify with tables, which must outlive the verifier.
  init(_ tables: PrefilterTables) {
    unsafe marks = tables.pointer(.anchorMarks)
    unsafe anchors = tables.pointer(.anchors)
    anchorBits = tables.layout.anchorBits
    unsafe members = tables.pointer(.members)
    window = SymbolWindow(tables)
    unsafe keys = .allocate(capacity: Int(KW_CANDIDATES))
    unsafe keys.initialize(repeating: 0, count: Int(KW_CANDIDATES))
  }

  deinit {
    unsafe keys.deallocate()
  }

  /// Appends the hits among a segment's candidates and returns the number of patterns compared.
  ///
  /// - Parameters:
  ///   - found: Candidates that are complete: not more than `KW_CANDIDATES`.
  ///   - haystack: The text of the candidates.
  ///   - hits: Receives the hits.
  /// - Returns: The patterns compared.
  mutating func verify(
    _ found: kw_candidates, _ haystack: UnsafeBufferPointer<UInt8>, _ hits: inout [PrefilterHit]
  ) -> Int {
    comparisons = 0
    unsafe window.use(haystack)
    // SAFETY: the kernels report offsets below the haystack's count, `survivors` of them.
    let offsets = unsafe UnsafeBufferPointer(start: found.at, count: Int(found.survivors))
    let letters = unsafe Int(found.han)
    let mixed = unsafe letters + Int(found.letters)
    let triggers = unsafe mixed + Int(found.mixed)
    // Each pass asks for the memory that the next one reads: the numbers of the characters, the
    // slots of the keys, the patterns of the slots. Loads beyond the second cache cost more than all else.
    for index in 0..<letters { unsafe window.prefetchNumbers(han: Int(offsets[index])) }
    for index in 0..<mixed {
      // SAFETY: at most `KW_CANDIDATES` keys; `index` is a candidate's.
      let offset = unsafe Int(offsets[index])
      let key =
        index < letters ? window.neighbours(han: offset) : window.neighbours(letters: offset)
      unsafe keys[index] = key.map { prefetchSlots($0) ? $0 : Self.none } ?? Self.unknown
    }
    for index in 0..<mixed {
      let key = unsafe keys[index]
      if key == Self.none || key == Self.unknown { continue }
      if !prefetchMembers(key) { unsafe keys[index] = Self.none }
    }
    for index in 0..<mixed where unsafe keys[index] != Self.none {
      unsafe window.open(at: Int(offsets[index]))
      let longest = index < letters ? 3 : Anchor.maximumKeyLength
      lookUpAll(at: 0, shortest: 2, longest: longest, &hits)
    }
    for index in mixed..<triggers { unsafe verify(mixed: Int(offsets[index]), &hits) }
    for index in triggers..<offsets.count { unsafe verify(trigger: Int(offsets[index]), &hits) }
    return comparisons
  }

  /// Stands for the key of a candidate that no pattern can match.
  private static let none: UInt64 = 0
  /// Stands for the key of a candidate that only the window tells.
  private static let unknown = ~UInt64(0)

  /// Returns the key of the first two, three and four symbols of a key; zero where it is shorter.
  @inline(__always)
  private static func prefixes(_ key: UInt64) -> (UInt64, UInt64, UInt64) {
    (
      key & 0xFFFF_FFFF, key >> 32 & 0xFFFF == 0 ? 0 : key & 0xFFFF_FFFF_FFFF,
      key >> 48 == 0 ? 0 : key
    )
  }

  /// Asks for the slots of a key's prefixes; false where none of them is an anchor.
  @inline(__always)
  private func prefetchSlots(_ key: UInt64) -> Bool {
    let (two, three, four) = Self.prefixes(key)
    // No short circuit: each of the three may be an anchor.
    let marks = (prefetchSlot(two), prefetchSlot(three), prefetchSlot(four))
    return marks.0 || marks.1 || marks.2
  }

  @inline(__always)
  private func prefetchSlot(_ key: UInt64) -> Bool {
    let hash = AnchorKey.hash(key)
    guard key != 0, isMarked(hash: hash) else { return false }
    // SAFETY: the slot is below 2^anchorBits; nothing is read.
    unsafe kw_prefetch(anchors + Int(hash >> UInt64(64 - anchorBits)))
    return true
  }

  /// Asks for the patterns of a key's prefixes; false where there are none.
  @inline(__always)
  private func prefetchMembers(_ key: UInt64) -> Bool {
    let (two, three, four) = Self.prefixes(key)
    let found = (prefetchMember(two), prefetchMember(three), prefetchMember(four))
    return found.0 || found.1 || found.2
  }

  @inline(__always)
  private func prefetchMember(_ key: UInt64) -> Bool {
    let hash = AnchorKey.hash(key)
    guard key != 0, isMarked(hash: hash) else { return false }
    var slot = Int(hash >> UInt64(64 - anchorBits))
    while true {
      // SAFETY: as in `look(up:at:_:)`.
      let entry = unsafe AnchorSlot(packed: anchors[slot])
      if entry.packed == 0 { return false }
      if entry.fingerprint == UInt32(truncatingIfNeeded: hash) {
        unsafe kw_prefetch(members + entry.start)
        return true
      }
      slot = (slot + 1) & (1 << anchorBits - 1)
    }
  }

  private mutating func verify(mixed offset: Int, _ hits: inout [PrefilterHit]) {
    window.open(at: offset)
    let key = UInt64(window[-1]) | UInt64(window[0]) << 16
    if window[-1] != 0 && window[0] != 0 { look(up: key, at: -1, &hits) }
  }

  /// Looks at every anchor that a trigger's symbols may be part of.
  private mutating func verify(trigger offset: Int, _ hits: inout [PrefilterHit]) {
    window.open(at: offset)
    let first = 1 - Anchor.maximumLength
    for index in first..<window.width where window[index] != 0 {
      // Keys end at the trigger or behind it; that of five letters, the fifth the trigger, before.
      lookUpAll(at: index, shortest: min(max(1, 1 - index), Anchor.maximumKeyLength), &hits)
    }
  }

  /// Looks up the keys of `shortest` to `longest` symbols at an index.
  private mutating func lookUpAll(
    at index: Int, shortest: Int, longest: Int = Anchor.maximumKeyLength,
    _ hits: inout [PrefilterHit]
  ) {
    var key: UInt64 = 0
    for count in 1...longest {
      let symbol = window[index + count - 1]
      if symbol == 0 { return }
      key |= UInt64(symbol) << UInt64(16 * (count - 1))
      if count >= shortest { look(up: key, at: index, &hits) }
    }
  }

  /// Whether some anchor's key may have a hash.
  @inline(__always)
  private func isMarked(hash: UInt64) -> Bool {
    let mark = AnchorKey.mark(hash, anchorBits)
    // SAFETY: `validate()` proved that there are 2^(anchorBits + 2) marks.
    return unsafe marks[mark >> 3] >> UInt8(mark & 7) & 1 != 0
  }

  /// Compares the patterns of a key whose symbols begin at an index of the window.
  @inline(__always)
  private mutating func look(up key: UInt64, at index: Int, _ hits: inout [PrefilterHit]) {
    let hash = AnchorKey.hash(key)
    if !isMarked(hash: hash) { return }
    let fingerprint = UInt32(truncatingIfNeeded: hash)
    var slot = Int(hash >> UInt64(64 - anchorBits))
    while true {
      // SAFETY: the slot is below 2^anchorBits, the table's size; `validate()` proved both that and
      // that a slot is empty, so the probe ends.
      let entry = unsafe AnchorSlot(packed: anchors[slot])
      if entry.packed == 0 { return }
      if entry.fingerprint == fingerprint {
        var start = entry.start
        for _ in 0..<entry.count { start = compare(start, index, &hits) }
      }
      slot = (slot + 1) & (1 << anchorBits - 1)
    }
  }

  /// Compares the member that begins at a number of the member table, and returns its end.
  private mutating func compare(_ start: Int, _ index: Int, _ hits: inout [PrefilterHit]) -> Int {
    comparisons += 1
    // SAFETY: `validate()` proved that a slot's members and their symbols lie inside the table.
    let header = unsafe members + start
    let member = unsafe AnchorMember(header[0], header[1], header[2], header[3])
    let symbols = unsafe header + AnchorMember.headerCount
    let end = start + AnchorMember.headerCount + member.length
    let first = index - member.offset
    // The key's fingerprint is no proof, so its symbols are compared as well.
    for place in member.offset..<member.length {
      if unsafe window[first + place] != symbols[place] { return end }
    }
    for place in (0..<member.offset).reversed() {
      if unsafe window[first + place] != symbols[place] { return end }
    }
    let range = window.range(first, first + member.length - 1)
    if member.isBoundedBefore && window.isLetter(range.lowerBound - 1) { return end }
    if member.isBoundedBehind && window.isLetter(range.upperBound) { return end }
    hits.append(PrefilterHit(pattern: member.pattern, range: range))
    return end
  }
}

extension SymbolWindow {
  /// Whether the byte at an offset is a letter or digit of ASCII; false outside of the haystack.
  func isLetter(_ offset: Int) -> Bool {
    offset >= 0 && PrefilterAlphabet.isOnLetterPlane(UInt32(byte(offset)))
  }
}

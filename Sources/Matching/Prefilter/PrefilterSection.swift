import Storage

/// The sections of a database that hold a prefilter.
enum PrefilterSection: String {
  /// The numbers of `PrefilterSizes`.
  case sizes = "pf.sizes"
  /// Classes of triggers by first, second and third byte, 64 bytes each.
  case classes = "pf.classes"
  case letters = "pf.letters"
  case letterSets = "pf.letterSets"
  case quads = "pf.quads"
  case mixedHan = "pf.mixedHan"
  case mixed = "pf.mixed"
  case triggers = "pf.triggers"
  case pairs = "pf.pairs"
  case keySet = "pf.keySet"
  case slots = "pf.slots"
  case groups = "pf.groups"
  case places = "pf.places"
  case keyMarks = "pf.keyMarks"
  case keys = "pf.keys"
  case members = "pf.members"
  case blockIndex = "pf.blockIndex"
  case blocks = "pf.blocks"
  case sequenceEnds = "pf.seqEnds"
  case sequenceNumbers = "pf.sequences"
  /// The patterns that have no anchor.
  case unanchored = "pf.unanchored"

  /// Returns the error of an entry that breaks the section's invariant.
  func error(_ reason: String) -> DatabaseError { .invalidSection(rawValue, reason: reason) }
}

/// The sizes of a prefilter's tables.
struct PrefilterSizes: Equatable {
  /// The sizes of the tables, as powers of two.
  var pairBits: Int
  var quadBits: Int
  var slotBits: Int
  /// The bits of a group's number plus one.
  var groupBits: Int
  /// The size of the table of folded keys, as a power of two.
  var keyBits: Int
  /// The lengths of the anchors that stand anywhere, and of the words of two and three letters.
  var anywhere: Int
  var words: Int
  /// The number of patterns.
  var patternCount: Int
  /// The bits of the set of keys, as a power of two.
  var keySetBits: Int

  /// The sizes as the section holds them.
  var words32: [UInt32] {
    [pairBits, quadBits, slotBits, groupBits, keyBits, anywhere, words, patternCount, keySetBits]
      .map(UInt32.init)
  }

  /// Reads what `words32` gave; nil where a size is out of range.
  init?(_ words: [UInt32]) {
    guard words.count == 9, words.allSatisfy({ $0 < 1 << 30 }) else { return nil }
    let numbers = words.map { Int($0) }
    (pairBits, quadBits, slotBits, groupBits) = (numbers[0], numbers[1], numbers[2], numbers[3])
    (keyBits, anywhere, self.words, patternCount) =
      (numbers[4], numbers[5], numbers[6], numbers[7])
    keySetBits = numbers[8]
    // Anchors anywhere have two, three or four letters, words in sets of their own two or three.
    guard (10...20).contains(pairBits), (10...20).contains(quadBits),
      (4...28).contains(slotBits), (1...24).contains(groupBits), (4...28).contains(keyBits),
      (10...28).contains(keySetBits), anywhere & ~0b11100 == 0, self.words & ~0b1100 == 0
    else { return nil }
  }

  /// Names the sizes.
  init(
    pairBits: Int, quadBits: Int, slotBits: Int, groupBits: Int, keyBits: Int, anywhere: Int,
    words: Int, patternCount: Int, keySetBits: Int
  ) {
    self.pairBits = pairBits
    self.quadBits = quadBits
    self.slotBits = slotBits
    self.groupBits = groupBits
    self.keyBits = keyBits
    self.anywhere = anywhere
    self.words = words
    self.patternCount = patternCount
    self.keySetBits = keySetBits
  }
}

extension Database {
  /// Returns a section of a prefilter.
  func table<T: BitwiseCopyable>(
    _ section: PrefilterSection, _ type: T.Type
  ) throws(DatabaseError) -> Table<T> {
    try table(section.rawValue, of: type)
  }
}

extension DatabaseWriter {
  /// Adds a section of a prefilter.
  mutating func add<T: BitwiseCopyable>(_ section: PrefilterSection, _ elements: [T]) {
    add(section.rawValue, elements)
  }
}

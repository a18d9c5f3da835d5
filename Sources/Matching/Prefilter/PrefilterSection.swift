import Storage

/// The sections of a database that hold a prefilter.
enum PrefilterSection: String {
  /// The five numbers of `PrefilterSizes`.
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
  case triples = "pf.triples"
  case doubles = "pf.doubles"
  case marks = "pf.marks"
  case slots = "pf.slots"
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
  /// The sizes of the hashed sets, as powers of two.
  var pairBits = 17
  /// Bits of the triple set, as a power of two.
  var tripleBits = 21
  /// Bits of the pair set, as a power of two.
  var doubleBits = 19
  /// Slots of the anchor table, as a power of two.
  var slotBits = 4
  /// The number of patterns.
  var patternCount = 0

  /// The sizes as the section holds them.
  var words: [UInt32] {
    [pairBits, tripleBits, doubleBits, slotBits, patternCount].map(UInt32.init)
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

/// Occurrences of words of sets that were noted in passing.
///
/// Half of all characters of ordinary text end some word of a combination's sets, and nearly all of
/// that comes to nothing: no combination is complete without the rarest of its parts. So words that
/// are not such a part are only noted, and what a sentence has noted is forgotten at its end unless
/// a word turned up that makes it matter.
///
/// - Invariant: `count` ≤ `capacity`, the elements of the memory.
@safe package struct QuietLog: ~Copyable {
  /// The most occurrences that are kept until someone takes them.
  static let capacity = 256

  /// One occurrence; numbers and offsets as in `LiteralHit`.
  @frozen package struct Element {
    package let pattern: Int
    package let first: Int
    package let last: Int
    package let start: Int
    package let end: Int
    package let hasNoise: Bool
  }

  private let memory: UnsafeMutablePointer<Element>
  /// The number of occurrences.
  package private(set) var count = 0
  /// The most that leave room for the patterns that may end at one symbol.
  private let limit: Int

  /// Allocates the memory, unless no pattern is ever noted.
  init(isUsed: Bool) {
    let capacity = isUsed ? QuietLog.capacity : 0
    limit = capacity - PatternText.maximumLength
    unsafe memory = .allocate(capacity: capacity)
  }

  deinit { unsafe memory.deallocate() }

  /// Whether another symbol's patterns fit.
  @inline(__always)
  var hasRoom: Bool { count <= limit }

  /// Appends an occurrence, for which there must be room.
  @inline(__always)
  mutating func append(_ element: Element) {
    // SAFETY: a symbol ends at most `maximumLength` patterns, for which `hasRoom` was asked.
    unsafe (memory + count).initialize(to: element)
    count &+= 1
  }

  /// An occurrence, in the order of the text.
  package subscript(index: Int) -> Element {
    precondition(index >= 0 && index < count, "index out of range")
    // SAFETY: checked; elements below `count` are initialised, and trivial.
    return unsafe memory[index]
  }

  /// Forgets everything.
  @inline(__always)
  mutating func removeAll() { count = 0 }
}

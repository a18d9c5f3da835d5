/// Words that are harm only together: one of each part, near each other, in one sentence.
public struct Combination: Sendable, Hashable {
  /// The parts, two or more, each a set of alternative words; in text order where `isOrdered`.
  public var parts: [SetID]
  /// The most symbols, noise not counted, between the end of one part and the start of the next.
  public var within: Int
  /// Whether the parts must come in the order of `parts`.
  public var isOrdered: Bool
  /// Sets of each of which the sentence must contain a word before the combination completes.
  public var with: [SetID]
  /// Sets of none of which the sentence may contain a word before the combination completes.
  public var without: [SetID]

  /// The value of `within` where a file gives none.
  public static let defaultWithin = 12

  /// Makes a combination.
  public init(
    parts: [SetID], within: Int = Combination.defaultWithin, isOrdered: Bool = false,
    with: [SetID] = [], without: [SetID] = []
  ) {
    self.parts = parts
    self.within = within
    self.isOrdered = isOrdered
    self.with = with
    self.without = without
  }
}

/// The index of a word set in ``Lexicon/sets``.
public struct SetID: Sendable, Hashable, Comparable {
  /// The index.
  public var index: Int

  /// Makes the identifier of the set at `index`.
  public init(_ index: Int) { self.index = index }

  /// Orders sets by index.
  public static func < (first: SetID, second: SetID) -> Bool { first.index < second.index }
}

/// A list of alternative words, shared by all combinations that name an equal list.
public struct WordSet: Sendable, Hashable {
  /// The name, `gun` of `{gun}`; `nil` for a list written in a combination itself.
  public var name: String?
  /// The words, inclusions resolved, in the order of writing; at least one, no two equal.
  ///
  /// Two alternatives may hold the same word with different exceptions: a hit counts where either
  /// lets it.
  public var alternatives: [Alternative]
  /// How the edges of every word are bounded.
  public var boundary: Entry.Boundary

  /// Makes a word set.
  public init(name: String?, alternatives: [Alternative], boundary: Entry.Boundary = .word) {
    self.name = name
    self.alternatives = alternatives
    self.boundary = boundary
  }
}

/// A word of a set with the longer wordings in which it does not count.
public struct Alternative: Sendable, Hashable {
  /// The word, escapes resolved, not folded.
  public var word: String
  /// Longer wordings: a hit of `word` inside one of them does not count.
  public var exceptions: [String]

  /// Makes an alternative.
  public init(_ word: String, exceptions: [String] = []) {
    self.word = word
    self.exceptions = exceptions
  }
}

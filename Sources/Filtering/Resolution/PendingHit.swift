import Matching

/// A hit of one use whose right boundary or exceptions are undecided.
struct PendingHit {
  var use: Int
  var hit: LiteralHit
  /// Whether its right edge is still open.
  var isEdgeOpen: Bool
  /// Exceptions that are still live.
  var liveTrials: Int
  /// The exception that cleared it.
  var clearedBy: Int?
  /// Its boundary failed.
  var isRejected = false
  /// The place in the queue of parts; nil for a term.
  var part: Int?

  var isDecided: Bool {
    isRejected || clearedBy != nil || (!isEdgeOpen && liveTrials == 0)
  }
}

/// An exception that may still clear a pending hit.
struct ExceptionTrial {
  /// The pending hit's number.
  var pending: Int
  /// The exception's record.
  var exception: Int
  /// How many of its symbols have been read.
  var read: Int
  var lane: Lane
  /// All symbols were read; its right edge is open.
  var awaitsEdge = false
}

/// An occurrence of a word of sets, in the order of the text.
struct PartHit {
  /// The group of its sets.
  var group: Int32
  var sentence: Int32
  var first: Int
  var last: Int
  var start: Int
  var end: Int
  var hasNoise: Bool
  var lane: Lane
  var state: State

  enum State {
    /// Its boundary or exceptions are open.
    case undecided
    case found
    /// Found, and by its set's nature nothing that completes a combination.
    case noted
    case dropped
  }
}

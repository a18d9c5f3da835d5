/// What stands after the first ` | ` of an entry.
struct EntryAttributes {
  /// The kind of entry that attributes belong to.
  enum Owner {
    case term, combination, regex

    /// The names that the kind may have.
    var names: [String] {
      let common = ["action", "replace", "also", "note", "added"]
      switch self {
      case .term: return common + ["except", "boundary"]
      case .combination:
        return common + ["except", "boundary", "within", "ordered", "with", "without"]
      // A regex says what it excludes itself, with look-arounds.
      case .regex: return common + ["window", "from"]
      }
    }

    /// The kind in messages.
    var title: String {
      switch self {
      case .term: "a term"
      case .combination: "a combination"
      case .regex: "a regex"
      }
    }
  }

  /// A longer wording as written, with its place.
  struct Exception {
    var text: String
    var symbols: [UInt32]
    var place: LexiconBuilder.Place
  }

  var action: Action?
  var replacement: String?
  var exceptions: [Exception] = []
  var also: RiskSet = []
  var boundary: Entry.Boundary?
  var note: String?
  var added: CalendarDate?
  var within: Int?
  var isOrdered = false
  var with: [[LexiconBuilder.ListItem]] = []
  var without: [[LexiconBuilder.ListItem]] = []
  var window: Int?
  var isFromLiteral = false
}

extension FileParser {
  /// The names that may be given more than once.
  private static let repeatable: Set<String> = ["except", "also", "with", "without"]

  /// Reads the pieces after an entry's first ` | `.
  mutating func readAttributes(
    _ pieces: ArraySlice<ByteSlice>, of owner: EntryAttributes.Owner
  ) -> EntryAttributes {
    var attributes = EntryAttributes()
    if pieces.isEmpty { return attributes }
    var seen: Set<String> = []
    for piece in pieces {
      let equals = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.endIndex
      let name = piece[..<equals].trimmed.text
      let value = piece[min(equals + 1, piece.endIndex)...].trimmed
      guard owner.names.contains(name) else {
        reportUnknown(name, at: piece, owner)
        continue
      }
      guard seen.insert(name).inserted || Self.repeatable.contains(name) else {
        report(.duplicateAttribute, at: piece.startIndex, "'\(name)' is given twice: keep one")
        continue
      }
      if name == "ordered" {
        attributes.isOrdered = true
        if equals < piece.endIndex { reportValue(value, of: name, "write it without a value") }
      } else if value.isEmpty {
        reportValue(piece[piece.endIndex...], of: name, "write '\(name)=VALUE'")
      } else {
        read(name, value, into: &attributes)
      }
    }
    if attributes.replacement != nil, let action = attributes.action, action != .mask {
      report(
        .badValue, at: pieces.first?.startIndex,
        "'replace' is a mask, but the action is '\(action.name)': take one of the two out")
    }
    return attributes
  }

  private mutating func read(
    _ name: String, _ value: ByteSlice, into attributes: inout EntryAttributes
  ) {
    switch name {
    case "action":
      attributes.action = Action(name: value.text)
      if attributes.action == nil {
        let known = Suggestion.text(for: value.text, among: Action.allCases.reversed().map(\.name))
        report(.unknownAction, at: value.startIndex, "\(value.quoted) is no action: \(known)")
      }
    case "replace": attributes.replacement = value.text
    case "except":
      for piece in value.split(unescaped: .slash) {
        guard let word = readWord(piece, as: "exception") else { continue }
        attributes.exceptions.append(
          EntryAttributes.Exception(
            text: word, symbols: check.symbols, place: place(piece.startIndex)))
      }
    case "also":
      for piece in value.split(unescaped: UInt8(ascii: ",")) {
        guard let risk = Risk(spelling: piece.text) else {
          reportUnknownRisk(piece)
          continue
        }
        attributes.also.formUnion(RiskSet(risk))
      }
    case "boundary":
      attributes.boundary = ["none": .none, "word": .word][value.text]
      if attributes.boundary == nil { reportValue(value, of: name, "write 'none' or 'word'") }
    case "note": attributes.note = value.text
    case "added":
      attributes.added = CalendarDate(value.text)
      if attributes.added == nil { reportBadDate(value) }
    case "within": attributes.within = number(value, of: name, in: 0...1000)
    case "with": attributes.with.append(readList(value))
    case "without": attributes.without.append(readList(value))
    case "window": attributes.window = number(value, of: name, in: 1...4096)
    default:
      attributes.isFromLiteral = value.text == "literal"
      if !attributes.isFromLiteral { reportValue(value, of: name, "write 'from=literal'") }
    }
  }

  private func number(_ value: ByteSlice, of name: String, in range: ClosedRange<Int>) -> Int? {
    guard let number = Int(value.text), range.contains(number) else {
      report(
        .outOfRange, at: value.startIndex,
        "'\(name)' must be a number from \(range.lowerBound) to \(range.upperBound), not"
          + " \(value.quoted)")
      return nil
    }
    return number
  }

  private func reportValue(_ value: ByteSlice, of name: String, _ remedy: String) {
    let what = value.isEmpty ? "'\(name)' has no value" : "'\(name)' cannot be \(value.quoted)"
    report(.badValue, at: value.startIndex, "\(what): \(remedy)")
  }

  private func reportUnknown(
    _ name: String, at piece: ByteSlice, _ owner: EntryAttributes.Owner
  ) {
    let others: [EntryAttributes.Owner] = [.combination, .regex]
    if let other = others.first(where: { $0.names.contains(name) }) {
      report(
        .misplacedAttribute, at: piece.startIndex,
        "'\(name)' belongs to \(other.title), not to \(owner.title): take it out")
    } else if name.isEmpty {
      report(
        .unknownAttribute, at: piece.startIndex,
        "nothing stands after ' | ': write an attribute, or '\\|' for a bar of the entry itself")
    } else {
      report(
        .unknownAttribute, at: piece.startIndex,
        "'\(name)' is no attribute of \(owner.title):"
          + " \(Suggestion.text(for: name, among: owner.names))")
    }
  }
}

extension FileParser {
  /// Reads `{name} = list`.
  mutating func readSet(_ content: ByteSlice) {
    hasEntries = true
    openSet = nil
    isInBadSet = true
    guard let close = content.firstIndex(of: UInt8(ascii: "}")),
      case let rest = content[(close + 1)...].trimmed, rest.first == UInt8(ascii: "=")
    else {
      return report(
        .badSet, at: content.startIndex,
        "a line that begins with '{' defines a set: write '{name} = word / word', or '\\{' for the"
          + " character, or '& ' before a combination")
    }
    let name = content[(content.startIndex + 1)..<close]
    guard !name.isEmpty, name.allSatisfy(\.isSetNameByte) else {
      return report(
        .badSet, at: name.startIndex,
        "\(name.quoted) is no name of a set: use a–z, 0–9 and '-'")
    }
    isInBadSet = false
    openSet = builder.namedSets.count
    builder.namedSets.append(
      LexiconBuilder.NamedSet(
        name: name.text, items: [], place: place(content.startIndex), isShared: isShared))
    appendToOpenSet(rest.dropFirst().trimmed, at: content.startIndex)
  }

  /// Reads a line that begins with a blank.
  mutating func readContinuation(_ content: ByteSlice) {
    guard let openSet else {
      if isInBadSet { return }
      return report(
        .strayContinuation, at: content.startIndex,
        "a line that begins with a blank continues a set, but no set stands above: delete the blank"
      )
    }
    let isFirst = builder.namedSets[openSet].items.isEmpty
    if content.first == .slash, !endsInSlash, !isFirst {
      appendToOpenSet(content.dropFirst().trimmed, at: content.startIndex)
    } else if content.first != .slash, endsInSlash || isFirst {
      appendToOpenSet(content, at: content.startIndex)
    } else {
      report(
        .strayContinuation, at: content.startIndex,
        "one '/' must stand between this line and the set's line above")
    }
  }

  private mutating func appendToOpenSet(_ list: ByteSlice, at index: Int) {
    guard let openSet else { return }
    var pieces = list.split(unescaped: .slash)
    endsInSlash = pieces.count > 1 && pieces[pieces.count - 1].isEmpty
    if endsInSlash || list.isEmpty { pieces.removeLast() }
    builder.namedSets[openSet].items += pieces.compactMap { readItem($0) }
  }

  /// Reads `word / word!exception / {set}`.
  mutating func readList(_ list: ByteSlice) -> [LexiconBuilder.ListItem] {
    list.split(unescaped: .slash).compactMap { readItem($0) }
  }

  private mutating func readItem(_ item: ByteSlice) -> LexiconBuilder.ListItem? {
    if item.first == UInt8(ascii: "{"), item.last == UInt8(ascii: "}") {
      let name = item.dropFirst().dropLast()
      guard !name.isEmpty, name.allSatisfy(\.isSetNameByte) else {
        report(
          .badSet, at: item.startIndex,
          "\(item.quoted) names no set: write '{name}' with a–z, 0–9 and '-'")
        return nil
      }
      return .inclusion(name: name.text, at: place(item.startIndex))
    }
    let pieces = item.split(unescaped: UInt8(ascii: "!"))
    guard hasNoBrace(pieces[0]), let word = readWord(pieces[0], as: "word") else { return nil }
    let symbols = check.symbols
    var exceptions: [EntryAttributes.Exception] = []
    for piece in pieces.dropFirst() {
      guard let text = readWord(piece, as: "exception") else { return nil }
      exceptions.append(
        EntryAttributes.Exception(
          text: text, symbols: check.symbols, place: place(piece.startIndex)))
      // Whether the word is bounded is up to the combinations that use it.
      test(check.symbols, of: word, symbols, .none, at: place(piece.startIndex))
    }
    let key = EntryCheck.key(symbols, exceptions: exceptions.map(\.symbols))
    let alternative = Alternative(word, exceptions: exceptions.map(\.text))
    return .word(builder.intern(alternative, key: key))
  }

  private func hasNoBrace(_ word: ByteSlice) -> Bool {
    let isEscaped = { (index: Int) in index > word.startIndex && word[index - 1] == .backslash }
    let braces: [UInt8] = [UInt8(ascii: "{"), UInt8(ascii: "}")]
    guard let brace = word.indices.first(where: { braces.contains(word[$0]) && !isEscaped($0) })
    else { return true }
    report(
      .badSet, at: brace,
      "a set stands alone between '/': write '{name} / word', or '\\{' for the character")
    return false
  }

  /// Resolves the escapes of a literal, folds it into `check` and notes what is wrong with it.
  mutating func readWord(_ literal: ByteSlice, as what: String) -> String? {
    guard let text = unescaped(literal) else { return nil }
    guard let flaw = check.fold(text) else { return text }
    let index = literal.startIndex
    switch flaw {
    case .blank:
      report(.blankTerm, at: index, "the \(what) is blank after folding: write a word or delete it")
    case .tooLong(let count):
      report(
        .termTooLong, at: index,
        "the \(what) has \(count) symbols after folding, \(EntryCheck.limit) are the most: shorten"
          + " it")
    case .noiseAtEdge(let isFirst):
      let isMark =
        what == "term" && (literal.first == UInt8(ascii: "&") || literal.first == UInt8(ascii: "~"))
      report(
        .termEdgeIsNoise, at: index,
        "the \(what) \(literal.quoted) \(isFirst ? "begins" : "ends") with a character that is no"
          + " letter, digit or ideograph: "
          + (isMark ? "write a blank after '&' or '~'" : "take it away, it adds nothing"))
    }
    return nil
  }

  private func unescaped(_ literal: ByteSlice) -> String? {
    guard literal.contains(.backslash) else { return literal.text }
    var bytes: [UInt8] = []
    var index = literal.startIndex
    while index < literal.endIndex {
      if literal[index] == .backslash {
        index += 1
        guard index < literal.endIndex, literal[index].isEscapable else {
          report(
            .unknownEscape, at: index - 1,
            "a backslash stands before one of | / ! + { } # & ~ \\ : only: write '\\\\' for a"
              + " backslash")
          return nil
        }
      }
      bytes.append(literal[index])
      index += 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

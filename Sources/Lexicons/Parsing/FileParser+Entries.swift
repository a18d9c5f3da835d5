extension FileParser {
  /// Reads `literal | attributes`.
  mutating func readTerm(_ content: ByteSlice) {
    let pieces = content.split(blankDelimited: .bar)
    let attributes = readAttributes(pieces[1...], of: .term)
    let literal = pieces[0]
    guard hasNoWideBar(literal) else { return }
    // The exceptions are folded already, so the term's own symbols may stay in `check`.
    guard let word = readWord(literal, as: "term") else { return }
    let text = pieces.count == 1 && word.utf8.count == content.count ? word : content.text
    var entry = entry(.term(Pattern(word)), attributes, text: text)
    for exception in attributes.exceptions {
      test(exception.symbols, of: word, check.symbols, entry.boundary, at: exception.place)
    }
    if !attributes.exceptions.isEmpty { entry.exceptions = attributes.exceptions.map(\.text) }
    builder.add(term: entry, symbols: check.symbols)
  }

  /// Reads `& part + part | attributes`.
  mutating func readCombination(_ content: ByteSlice) {
    let pieces = content.dropFirst().trimmed.split(blankDelimited: .bar)
    let attributes = readAttributes(pieces[1...], of: .combination)
    let parts = pieces[0].split(blankDelimited: UInt8(ascii: "+"))
    if parts.count < 2 {
      report(
        .combinationTooShort, at: content.startIndex,
        "a combination has at least two parts: write '& {one} + {other}', or a term for a single"
          + " word")
    }
    let combination = LexiconBuilder.PendingCombination(
      entry: builder.entries.count, parts: parts.map { readList($0) },
      within: attributes.within ?? Combination.defaultWithin, isOrdered: attributes.isOrdered,
      with: attributes.with, without: attributes.without,
      exceptions: attributes.exceptions.map { ($0.text, $0.place) })
    let unresolved = Entry.Kind.combination(Combination(parts: []))
    builder.entries.append(entry(unresolved, attributes, text: content.text))
    builder.pending.append(combination)
  }

  /// Reads `~ expression | attributes`; the expression itself is checked where it is compiled.
  mutating func readRegex(_ content: ByteSlice) {
    let pieces = content.dropFirst().trimmed.split(blankDelimited: .bar)
    let attributes = readAttributes(pieces[1...], of: .regex)
    guard !pieces[0].isEmpty else {
      return report(
        .blankTerm, at: content.startIndex, "the regex is blank: write an expression after '~ '")
    }
    let regex = RegexSource(
      pattern: pieces[0].text, window: attributes.window,
      isFromLiteral: attributes.isFromLiteral)
    var entry = entry(.regex(regex), attributes, text: content.text)
    entry.exceptions = attributes.exceptions.map(\.text)
    builder.add(regex: entry, source: regex)
  }

  /// Notes an exception that clears nothing or everything of its word.
  func test(
    _ exception: [UInt32], of word: String, _ symbols: [UInt32], _ boundary: Entry.Boundary,
    at place: LexiconBuilder.Place
  ) {
    if exception == symbols {
      builder.report(
        .exceptionSwallowsTerm, at: place,
        "the exception is '\(word)' itself and clears every hit: write a longer wording")
    } else if !EntryCheck.holds(exception, symbols, boundary) {
      builder.report(
        .exceptionNeverClears, at: place,
        "the exception does not hold '\(word)', so it can never clear a hit: write a longer wording"
          + " of it")
    }
  }

  private static let wideBar = Array(" ｜ ".utf8)

  /// Whether a term has no full-width bar between blanks, which is surely meant for ` | `.
  private func hasNoWideBar(_ literal: ByteSlice) -> Bool {
    guard literal.holds(Self.wideBar) else { return true }
    report(
      .unknownAttribute, at: literal.startIndex,
      "the bar before the attributes is full-width: write ' | '")
    return false
  }
}

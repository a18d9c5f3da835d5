/// Reads the lines of one file into a ``LexiconBuilder``.
struct FileParser {
  let builder: LexiconBuilder
  let source: Int
  let bytes: [UInt8]
  /// Whether the file is `sets.txt`, which has named sets only.
  let isShared: Bool

  var line = 0
  var lineStart = 0
  var header = Header()
  /// Whether an entry or set has been seen, after which the header is closed.
  var hasEntries = false
  /// The named set that a line beginning with a blank continues.
  var openSet: Int?
  /// Whether the set above is bad, so that its continuations are passed over.
  var isInBadSet = false
  /// Whether the open set's last line ends in a slash.
  var endsInSlash = false
  /// Where words are folded, kept to save an allocation a word.
  var check = EntryCheck()

  init(_ bytes: [UInt8], name: String, source: Int, builder: LexiconBuilder) {
    self.bytes = bytes
    self.source = source
    self.builder = builder
    isShared = name == "sets.txt" || name.hasSuffix("/sets.txt")
  }

  /// Reads all lines; a file in another encoding is one problem.
  mutating func parse() {
    let bytes = bytes
    let isUTF8 = isWellFormed(0..<bytes.count) == nil
    if let encoding = SourceEncoding(guessing: bytes, isUTF8: isUTF8) {
      line = 1
      report(
        .notUTF8, at: nil,
        "the file is not UTF-8 but looks like \(encoding.name): convert it, for example with"
          + " 'iconv -f \(encoding.converterName) -t UTF-8 OLD > NEW'")
      return
    }
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count {
      line += 1
      lineStart = start
      var end = start
      var control: Int?
      while end < bytes.count, bytes[end] != .lineFeed {
        if isControl(at: end) { control = control ?? end }
        end += 1
      }
      start = end + 1
      if end > lineStart, bytes[end - 1] == .carriageReturn {
        end -= 1
        if control == end { control = nil }
      }
      if !isUTF8, let bad = isWellFormed(lineStart..<end) {
        report(
          .notUTF8, at: bad,
          "the bytes here are not UTF-8: delete them, or save the file as UTF-8 again")
      } else if let control {
        reportControl(at: control)
      } else {
        read(bytes[lineStart..<end])
      }
    }
    finishHeader()
  }

  private mutating func read(_ slice: ByteSlice) {
    let content = slice.trimmed
    guard let first = content.first else { return }
    if slice.first == .blank { return readContinuation(content) }
    switch first {
    case UInt8(ascii: "#"): return
    case UInt8(ascii: "{"): return readSet(content)
    case UInt8(ascii: "&") where content.count == 1 || content.begins(with: "& "):
      readEntry(content, .combination)
    case UInt8(ascii: "~") where content.count == 1 || content.begins(with: "~ "):
      readEntry(content, .regex)
    case UInt8(ascii: "a")...UInt8(ascii: "z"):
      if readHeader(content) { return }
      fallthrough
    default: readEntry(content, .term)
    }
  }

  private mutating func readEntry(_ content: ByteSlice, _ kind: EntryAttributes.Owner) {
    hasEntries = true
    openSet = nil
    isInBadSet = false
    guard !isShared else {
      return report(
        .entryInSharedSets, at: nil,
        "sets.txt holds named sets only: move \(content.quoted) to the file of its risk, or write"
          + " '{name} = …' if a set is meant")
    }
    switch kind {
    case .term: readTerm(content)
    case .combination: readCombination(content)
    case .regex: readRegex(content)
    }
  }

  /// The entry of the line, with what its attributes say.
  func entry(_ kind: Entry.Kind, _ attributes: EntryAttributes, text: String) -> Entry {
    var entry = Entry(
      kind, risk: header.risk ?? .subversion, source: source, line: line, sourceText: text)
    entry.secondaryRisks = attributes.also.subtracting(RiskSet(entry.risk))
    entry.action = attributes.action ?? (attributes.replacement == nil ? .block : .mask)
    entry.boundary = attributes.boundary ?? .word
    if attributes.replacement != nil { entry.replacement = attributes.replacement }
    if attributes.note != nil { entry.note = attributes.note }
    if attributes.added != nil { entry.added = attributes.added }
    return entry
  }

  /// Notes a problem of the current line, at the byte `index`.
  func report(_ kind: LexiconProblem.Kind, at index: Int?, _ message: String) {
    builder.report(kind, at: place(index), message)
  }

  /// The place of the byte `index` in the current line.
  func place(_ index: Int?) -> LexiconBuilder.Place {
    let column = index.map { index in
      1 + bytes[lineStart..<max(lineStart, index)].count { $0 & 0xC0 != 0x80 }
    }
    return LexiconBuilder.Place(source: source, line: line, column: column)
  }

  /// Whether a control character of C0 or C1 begins at `index`.
  private func isControl(at index: Int) -> Bool {
    let byte = bytes[index]
    if byte < 0x20 || byte == 0x7F { return true }
    return byte == 0xC2 && index + 1 < bytes.count && 0x80...0x9F ~= bytes[index + 1]
  }

  private func reportControl(at index: Int) {
    let code = bytes[index] == 0xC2 ? bytes[index + 1] : bytes[index]
    let digits = String(code, radix: 16, uppercase: true)
    let what =
      code == 0x09 ? "a tab" : "the control character U+00" + (code < 16 ? "0" : "") + digits
    report(
      .controlCharacter, at: index,
      "the line has \(what): "
        + (code == 0x09 ? "write blanks, and ' | ' before attributes" : "delete it"))
  }

  /// The first byte of `range` that is not UTF-8; `nil` where all is well.
  private func isWellFormed(_ range: Range<Int>) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span.extracting(range))
      return nil
    } catch {
      return range.lowerBound + error.byteOffsets.lowerBound
    }
  }
}

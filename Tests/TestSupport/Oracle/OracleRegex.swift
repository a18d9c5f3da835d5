/// A regular expression of a small subset, matched by plain backtracking.
package struct OracleRegex: Hashable, Sendable {
  /// Some symbols.
  package enum Members: Hashable, Sendable {
    case one(UInt32)
    case any([UInt32])
    case digits
  }

  /// A piece of an expression.
  package indirect enum Piece: Hashable, Sendable {
    case run(Members, Int, Int, isLazy: Bool)
    case choice([[Piece]])
    case ahead(Members, isWanted: Bool)
    case behind(Members, isWanted: Bool)
  }

  package var pieces: [Piece]

  /// Makes an expression.
  package init(_ pieces: [Piece]) { self.pieces = pieces }

  /// The expression in PCRE2's syntax.
  package var pattern: String { pieces.map(Self.write).joined() }

  private static func write(_ piece: Piece) -> String {
    switch piece {
    case .run(let members, let least, let most, let isLazy):
      if least == 1 && most == 1 { return write(members) }
      return write(members) + "{\(least),\(most)}" + (isLazy ? "?" : "")
    case .choice(let branches):
      return "(?:" + branches.map { $0.map(write).joined() }.joined(separator: "|") + ")"
    case .ahead(let members, let isWanted): return "(?\(isWanted ? "=" : "!")\(write(members)))"
    case .behind(let members, let isWanted): return "(?<\(isWanted ? "=" : "!")\(write(members)))"
    }
  }

  private static func write(_ members: Members) -> String {
    switch members {
    case .one(let symbol): "\(Unicode.Scalar(symbol) ?? "?")"
    case .any(let symbols):
      "[" + symbols.map { "\(Unicode.Scalar($0) ?? "?")" }.joined() + "]"
    case .digits: #"\d"#
    }
  }

  /// The leftmost matches in symbols, each from the end of the last; empty ones are dropped.
  func matches(in subject: [UInt32], _ characters: OracleCharacters) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = 0
    while start < subject.count {
      let end = Self.match(pieces[...], subject, start, characters) { $0 }
      if let end, end > start {
        result.append(start..<end)
        start = end
      } else {
        start += 1
      }
    }
    return result
  }

  private static func match(
    _ pieces: ArraySlice<Piece>, _ subject: [UInt32], _ at: Int, _ characters: OracleCharacters,
    _ accept: (Int) -> Int?
  ) -> Int? {
    guard let piece = pieces.first else { return accept(at) }
    let rest = pieces.dropFirst()
    func isMember(_ index: Int, _ members: Members) -> Bool {
      guard subject.indices.contains(index) else { return false }
      switch members {
      case .one(let symbol): return subject[index] == symbol
      case .any(let symbols): return symbols.contains(subject[index])
      case .digits: return characters.isDecimal(subject[index])
      }
    }
    switch piece {
    case .run(let members, let least, let most, let isLazy):
      let run = (0..<most).prefix { isMember(at + $0, members) }.count
      if run < least { return nil }
      let counts = isLazy ? Array(least...run) : Array((least...run).reversed())
      for count in counts {
        if let end = match(rest, subject, at + count, characters, accept) { return end }
      }
      return nil
    case .choice(let branches):
      for branch in branches {
        let end = match(branch[...], subject, at, characters) {
          match(rest, subject, $0, characters, accept)
        }
        if let end { return end }
      }
      return nil
    case .ahead(let members, let isWanted):
      return isMember(at, members) == isWanted
        ? match(rest, subject, at, characters, accept) : nil
    case .behind(let members, let isWanted):
      return isMember(at - 1, members) == isWanted
        ? match(rest, subject, at, characters, accept) : nil
    }
  }
}

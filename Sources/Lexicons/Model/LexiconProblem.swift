/// One thing wrong in a keyword file, with where it is and how to mend it.
public struct LexiconProblem: Sendable, Hashable {
  /// What is wrong.
  public enum Kind: String, CaseIterable, Sendable {
    case notUTF8, controlCharacter
    case missingHeader, duplicateHeader, unknownHeader, misplacedHeader, unknownRisk, badDate
    case blankTerm, termTooLong, termEdgeIsNoise, unknownEscape
    case unknownAttribute, misplacedAttribute, duplicateAttribute, badValue, unknownAction
    case exceptionNeverClears, exceptionSwallowsTerm
    case badSet, duplicateSet, unknownSet, setCycle, strayContinuation
    case combinationTooShort, outOfRange, entryInSharedSets
  }

  /// The file's name as it was given.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column in Unicode scalars, from 1; `nil` where the whole line or file is meant.
  public var column: Int?
  /// What is wrong.
  public var kind: Kind
  /// A sentence for the writer of the file: what is wrong and how to mend it.
  public var message: String

  /// Makes a problem.
  public init(file: String, line: Int, column: Int? = nil, kind: Kind, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.kind = kind
    self.message = message
  }
}

extension LexiconProblem: CustomStringConvertible {
  /// `file:line:column: message`, as compilers write it.
  public var description: String {
    "\(file):\(line):" + (column.map { "\($0):" } ?? "") + " " + message
  }
}

/// Everything wrong in a set of keyword files, at once.
public struct LexiconErrors: Error, Sendable, Hashable {
  /// The problems, one or more, ordered by file and line.
  public var problems: [LexiconProblem]

  /// Makes the error of `problems`.
  public init(problems: [LexiconProblem]) { self.problems = problems }
}

extension LexiconErrors: CustomStringConvertible {
  /// One problem a line.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}

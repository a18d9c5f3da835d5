public import Lexicons
public import Matching
public import Storage

/// Why no engine could be made.
public enum FilterError: Error, Sendable, CustomStringConvertible {
  /// The keyword files have bad lines; every one is listed.
  case lexicon(LexiconErrors)
  /// The compiled database cannot be used.
  case database(DatabaseError)
  /// The library passes a limit of the automaton.
  case automaton(AutomatonError)

  /// The error, and what to do about it.
  public var description: String {
    switch self {
    case .lexicon(let errors): return errors.description
    case .database(let error): return error.description
    case .automaton(let error): return error.description
    }
  }
}

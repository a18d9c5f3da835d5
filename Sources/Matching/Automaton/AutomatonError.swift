/// Why no automaton could be built.
public enum AutomatonError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The patterns use more than `limit` different symbols.
  case tooManySymbols(limit: Int)
  /// The patterns need more than `limit` states.
  case tooManyStates(limit: Int)

  /// The error, and what to do about it.
  public var description: String {
    switch self {
    case .tooManySymbols(let limit):
      return "the terms use more than \(limit) different characters; split the library"
    case .tooManyStates(let limit):
      return "the terms need more than \(limit) states; split the library"
    }
  }
}

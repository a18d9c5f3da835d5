/// What is done with a finding, from the weakest to the strongest.
///
/// A replacement is `mask` with a text (``Entry/replacement``). `tag` is an event only: it changes
/// no verdict.
public enum Action: UInt8, CaseIterable, Sendable, Hashable, Comparable {
  case tag, review, mask, block

  /// The name in keyword files and reports.
  public var name: String {
    switch self {
    case .tag: "tag"
    case .review: "review"
    case .mask: "mask"
    case .block: "block"
    }
  }

  /// Finds the action called `name`; `nil` where there is none.
  public init?(name: String) {
    guard let action = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = action
  }

  /// Whether the action alters the text: `mask` or `block`.
  public var isInterception: Bool { self >= .mask }

  /// Orders actions by strength.
  public static func < (first: Action, second: Action) -> Bool { first.rawValue < second.rawValue }
}

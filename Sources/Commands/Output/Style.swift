import ArgumentParser
import Lexicons

/// When output is coloured.
package enum ColourMode: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// On a terminal, unless `NO_COLOR` is set.
  case auto
  /// Always.
  case always
  /// Never.
  case never
}

/// Colours for people; plain where nobody sees them.
package struct Style: Sendable {
  /// Whether escape sequences are written.
  package let isColoured: Bool

  /// Makes a style that colours or does not.
  package init(isColoured: Bool) { self.isColoured = isColoured }

  /// Decides for standard output.
  ///
  /// - SeeAlso: <https://no-color.org>
  init(_ mode: ColourMode) {
    switch mode {
    case .always: isColoured = true
    case .never: isColoured = false
    case .auto:
      isColoured =
        FileDescriptor.standardOutput.isTerminal && Process.environment("NO_COLOR") == nil
        && Process.environment("TERM") != "dumb"
    }
  }

  /// Text in bold.
  func bold(_ text: String) -> String { paint(text, "1") }
  /// Text that steps back.
  func dim(_ text: String) -> String { paint(text, "2") }
  /// A place in a file.
  func place(_ text: String) -> String { paint(text, "35") }
  /// A match, by what is done with it.
  func match(_ text: String, _ action: Action) -> String { paint(text, "1;" + colour(action)) }
  /// The name of an action.
  func name(_ action: Action) -> String { paint(action.name, colour(action)) }

  private func colour(_ action: Action) -> String {
    switch action {
    case .block: "31"
    case .mask: "33"
    case .review: "36"
    case .tag: "34"
    }
  }

  private func paint(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

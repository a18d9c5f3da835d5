package import Lexicons

/// A text with what should become of it.
package struct EvaluationRow: Sendable {
  /// The file that it comes from, and the line there, from 1.
  package let file: String, line: Int
  /// The text as UTF-8.
  package let text: [UInt8]
  /// Whether it should be intercepted.
  package let isHarmful: Bool
  /// Whether it is ordinary text, reported by file and apart from labelled rows.
  package let isBenign: Bool
  /// The risk that it was labelled with.
  package let risk: Risk?
  /// Where its label comes from, and what sort of text it is.
  package let source: String?, kind: String?

  /// Makes a labelled row.
  package init(
    file: String, line: Int, text: [UInt8], isHarmful: Bool, risk: Risk?, source: String?,
    kind: String?
  ) {
    self.file = file
    self.line = line
    self.text = text
    self.isHarmful = isHarmful
    self.risk = risk
    self.source = source
    self.kind = kind
    isBenign = false
  }

  /// Makes a row of ordinary text.
  package init(benign text: [UInt8], file: String, line: Int) {
    self.file = file
    self.line = line
    self.text = text
    isHarmful = false
    isBenign = true
    risk = nil
    source = nil
    kind = nil
  }
}

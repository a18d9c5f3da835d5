import Coverage
import Filtering
import Lexicons

/// An engine of files, each named by its risk: `["A.1.f": "杀人\n放火"]`; entries start at line 4.
func engine(_ files: [String: String]) throws -> FilterEngine {
  try FilterEngine(
    files: files.map { risk, body in
      let header = "risk: \(risk.prefix(5))\ntitle: test\nversion: 2026-01-01\n"
      return (name: "\(risk).txt", bytes: Array((header + body + "\n").utf8))
    })
}

/// The report on files.
func check(_ files: [String: String]) throws -> CoverageReport {
  CoverageChecker.check(try engine(files))
}

/// The report on the lines of one file of A.1.f.
func check(_ lines: String...) throws -> CoverageReport {
  try check(["A.1.f": lines.joined(separator: "\n")])
}

extension CoverageReport {
  /// The effective terms of a risk.
  func effective(_ id: String) -> Int? {
    risks.first { $0.risk.id == id }?.count.effective
  }

  /// Each problem as `kind line`, in order.
  var places: [String] { problems.map { "\($0.kind.rawValue) \($0.line)" } }
}

/// Different terms of `length` Han characters that share neither beginnings nor ends of two.
func distinctTerms(_ count: Int, from start: UInt32 = 0x4E00) -> [String] {
  // Characters that fold to themselves and are spaced, so that neighbours differ.
  var characters: [Unicode.Scalar] = []
  var value = start
  while characters.count < count * 4 {
    if let scalar = Unicode.Scalar(value), scalar.properties.isIdeographic, isStable(value) {
      characters.append(scalar)
    }
    value += 1
  }
  return (0..<count).map { index in
    var term = ""
    for scalar in characters[(index * 4)..<(index * 4 + 4)] { term.unicodeScalars.append(scalar) }
    return term
  }
}

package import Coverage
import Lexicons

/// An evaluation as it is shown, with the names of what it measured.
package struct EvaluationReport {
  /// What was measured.
  let evaluation: Evaluation
  /// The library that was measured.
  let library: Library

  /// Makes a report.
  package init(_ evaluation: Evaluation, _ library: Library) {
    self.evaluation = evaluation
    self.library = library
  }

  /// Labelled rows by risk, in the appendix's order.
  var byRisk: [(name: String, counts: RowCounts)] {
    evaluation.byRisk.sorted { $0.key < $1.key }.map { ($0.key.id, $0.value) }
  }

  /// Labelled rows by source.
  var bySource: [(name: String, counts: RowCounts)] { Self.byName(evaluation.bySource) }
  /// Labelled rows by kind.
  var byKind: [(name: String, counts: RowCounts)] { Self.byName(evaluation.byKind) }
  /// Ordinary text by file.
  var benignByFile: [(name: String, counts: RowCounts)] { Self.byName(evaluation.benignByFile) }

  private static func byName(_ groups: [String: RowCounts]) -> [(name: String, counts: RowCounts)] {
    groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

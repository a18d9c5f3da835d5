import Foundation
import Synchronization

/// A case that is prepared and checked at its first use.
final class CheckedSubject: Sendable {
  private let definition: Case
  private let prepared = Mutex<Subject?>(nil)

  init(_ definition: Case) { self.definition = definition }

  /// The subject; a wrong count ends the process.
  func subject() -> Subject {
    prepared.withLock { prepared in
      if let prepared { return prepared }
      do {
        let subject = try Subject(definition)
        let (expected, found) = (subject.expectedCount, try subject.run())
        guard found == expected else {
          Failure.end(
            "case '\(definition.name)': expected to count \(expected), counted \(found)")
        }
        prepared = subject
        return subject
      } catch {
        Failure.end("case '\(definition.name)' cannot be run: \(error)")
      }
    }
  }
}

/// The end of a run in which nothing can be measured.
enum Failure {
  /// Says why on standard error, and ends with status 1.
  static func end(_ message: String) -> Never {
    FileHandle.standardError.write(Data("EngineBenchmarks: \(message)\n".utf8))
    exit(1)
  }
}

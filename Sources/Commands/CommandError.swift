package import Filtering
import Lexicons

/// Why a command could not do what it was asked to do.
///
/// Each says how to mend it.
package enum CommandError: Error, Sendable {
  /// A file or folder cannot be read.
  case cannotRead(path: String, SystemError)
  /// A file or standard output cannot be written.
  case cannotWrite(path: String, SystemError)
  /// Keyword files have bad lines, or a database is damaged.
  case badLibrary(path: String, isDirectory: Bool, FilterError)
  /// A folder has no keyword file.
  case noKeywordFiles(path: String)
  /// A library has no entries.
  case emptyLibrary(path: String)
  /// An option's value cannot be understood.
  case badValue(option: String, value: String, remedy: String)
  /// Two options do not go together, or one lacks another.
  case badOptions(String)
  /// A line of JSON lines is longer than a record may be.
  case lineTooLong(line: Int, limit: Int)
  /// The system cannot convert an encoding.
  case noConverter(encoding: String)
  /// `KWFILTER_KERNEL` names what cannot be used.
  case badKernel(String)
}

extension CommandError: CustomStringConvertible {
  /// What is wrong and what to do, on one line or one line a problem.
  package var description: String {
    switch self {
    case .cannotRead(let path, let error):
      return "\(path): cannot be read: \(error)\(Self.remedy(error))"
    case .cannotWrite(let path, let error): return "\(path): cannot be written: \(error)"
    case .badLibrary(let path, let isDirectory, let error):
      return Self.describe(error, path, isDirectory)
    case .noKeywordFiles(let path):
      return "\(path): holds no keyword files; they are named *.txt, such as A.1.f-violence.txt"
    case .emptyLibrary(let path):
      return "\(path): the library has no entries, so nothing would be intercepted; "
        + "write one entry a line, or leave --keywords out to use the built-in library"
    case .badValue(let option, let value, let remedy): return "\(option) '\(value)': \(remedy)"
    case .badOptions(let text), .badKernel(let text): return text
    case .lineTooLong(let line, let limit):
      return "standard input:\(line): the line has more than \(limit >> 20) MiB, the most that a "
        + "record may have; filter it as plain text, without --jsonl"
    case .noConverter(let encoding):
      return "--encoding \(encoding): this system has no converter for it; install glibc's "
        + "character set modules (gconv), or convert the files to UTF-8 first"
    }
  }

  private static func remedy(_ error: SystemError) -> String {
    switch error {
    case .notFound: return "; check the path"
    case .denied: return "; give yourself read permission (chmod u+r)"
    default: return ""
    }
  }

  private static func describe(
    _ error: FilterError, _ path: String, _ isDirectory: Bool
  ) -> String {
    guard case .lexicon(var errors) = error, isDirectory else { return "\(path): \(error)" }
    for index in errors.problems.indices {
      errors.problems[index].file = Directory.join(path, errors.problems[index].file)
    }
    let count = errors.problems.count == 1 ? "1 bad line" : "\(errors.problems.count) bad lines"
    return "\(path): \(count), nothing was loaded:\n\(errors)"
  }
}

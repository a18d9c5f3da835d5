/// Why rows cannot be evaluated, each with how to mend it.
enum EvaluationInputError: Error, CustomStringConvertible {
  /// The tool that decompresses a file is not installed.
  case noTool(path: String, tool: String)
  /// The tool failed.
  case notDecompressed(path: String, tool: String)
  /// Lines that are no rows: the first of them, and how many there are in their batch.
  case badRows([BadRow])
  /// There is not one row.
  case noRows

  /// A line that is no row.
  struct BadRow: Sendable {
    let file: String
    let line: Int
    let reason: String
  }

  /// What is wrong and what to do.
  var description: String {
    switch self {
    case .noTool(let path, let tool):
      return "\(path): '\(tool)' is needed to read it and is not installed; install it, or "
        + "decompress the file first"
    case .notDecompressed(let path, let tool):
      return "\(path): '\(tool)' could not decompress it; the file is damaged or cut"
    case .badRows(let rows):
      let shown = rows.prefix(10).map { "\($0.file):\($0.line): \($0.reason)" }
      let more = rows.count > 10 ? ["… and \(rows.count - 10) more"] : []
      return (shown + more).joined(separator: "\n")
    case .noRows: return "the files have no rows"
    }
  }
}

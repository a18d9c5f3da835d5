import Filtering
import Lexicons

/// Facts about a library.
struct Inspection {
  private let library: Library
  private let statistics: EngineStatistics
  private let counts: [Risk: Int]

  init(_ library: Library) {
    self.library = library
    statistics = library.engine.statistics
    var counts: [Risk: Int] = [:]
    for index in 0..<library.engine.entryCount {
      counts[library.engine.entry(index).risk, default: 0] += 1
    }
    self.counts = counts
  }

  /// The facts for programs.
  var json: JSONValue {
    let risks = Risk.allCases.compactMap { risk in
      counts[risk].map { count in
        JSONValue.object([("id", .string(risk.id)), ("entries", .integer(count))])
      }
    }
    let sections = statistics.sections.map { section in
      JSONValue.object([("name", .string(section.name)), ("bytes", .integer(section.byteCount))])
    }
    return .object([
      ("library", .string(library.source.name)), ("version", .string(library.engine.version)),
      ("digest", .string(library.engine.digest)),
      ("entries", .integer(library.engine.entryCount)), ("terms", .integer(statistics.terms)),
      ("combinations", .integer(statistics.combinations)),
      ("regexes", .integer(statistics.regexes)), ("risks", .array(risks)),
      ("patterns", .integer(statistics.patterns)), ("sets", .integer(statistics.sets)),
      ("exceptions", .integer(statistics.exceptions)), ("states", .integer(statistics.states)),
      ("longestPattern", .integer(statistics.longestPattern)),
      ("holdbackBound", .integer(statistics.holdbackBound)),
      ("memoryBytes", .integer(statistics.byteCount)), ("sections", .array(sections)),
      ("buildSeconds", library.buildTime.map { .number(Self.seconds($0)) } ?? .null),
      ("openSeconds", .number(Self.seconds(library.openTime))),
      ("rules", .string(rules)), ("kernel", .string(statistics.kernel)),
    ])
  }

  /// The facts for people.
  var text: String {
    var lines = [
      line("library", library.source.name),
      line("version", library.engine.version),
      line("digest", library.engine.digest),
      line(
        "entries",
        "\(library.engine.entryCount) (\(statistics.terms) terms, \(statistics.combinations) "
          + "combinations, \(statistics.regexes) regexes)"),
      line(
        "patterns",
        "\(statistics.patterns), longest \(statistics.longestPattern) symbols, in "
          + "\(statistics.states) states"),
      line("sets", "\(statistics.sets)"),
      line("exceptions", "\(statistics.exceptions)"),
      line("H", "\(statistics.holdbackBound) bytes held back at most"),
      line("memory", "\(statistics.byteCount) bytes"),
    ]
    lines += statistics.sections.map { line("", "\($0.name) \($0.byteCount)") }
    if let time = library.buildTime { lines.append(line("build time", Self.milliseconds(time))) }
    lines.append(line("open time", Self.milliseconds(library.openTime)))
    lines.append(line("rules", rules))
    lines.append(line("kernel", statistics.kernel))
    for risk in Risk.allCases {
      guard let count = counts[risk] else { continue }
      lines.append(line(risk.id, "\(count) entries, \(risk.officialName)"))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var rules: String { statistics.rulesUseJIT ? "jit" : "interpreter" }

  private func line(_ name: String, _ value: String) -> String {
    name + String(repeating: " ", count: max(1, 12 - name.count)) + value
  }

  private static func seconds(_ time: Duration) -> Double {
    Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
  }

  private static func milliseconds(_ time: Duration) -> String {
    let tenths = Int((seconds(time) * 10_000).rounded())
    return "\(tenths / 10).\(tenths % 10) ms"
  }
}

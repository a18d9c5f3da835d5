import ArgumentParser
import Filtering
import JSONText

/// `kwfilter filter`: standard input to standard output, forbidden phrases intercepted.
struct FilterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "filter",
    abstract: "Filter standard input to standard output as it arrives.",
    discussion: """
      Bytes are released as soon as no phrase that began in them can still complete; a phrase that \
      is cut by chunks, lines or packets is found all the same. All other bytes stay as they are, \
      binary ones too. At a blocked phrase the refusal text is written and the output ends.

      EXAMPLES
        model | kwfilter
        model | kwfilter --on-block mask --mask-with ＊
        model | kwfilter --refusal '换个话题吧。' --refusal A.1.f='我不能写这个。'
        kwfilter filter --jsonl --field response < in.jsonl > out.jsonl
        kwfilter filter --jsonl --field 'messages.*.content' --events hits.jsonl < in.jsonl
        kwfilter filter --disable A.2 --action A.1.g=review --exit-code < text > safe

      JSON LINES
        Each string of the field is a text of its own: a block cuts that string only, and the \
      refusal ends it. All else of the line stays byte for byte. A record without the field passes. \
      A line that is no JSON or whose field is no string cannot be filtered: it is left out, named \
      on standard error, and the exit code is 2. A line has at most 64 MiB.

      EVENTS
        --events writes a line for each finding: {"event":"finding","start","end","match","term", \
      "risk","action","evasion"}, and for a block {"event":"blocked","offset","refusal"}. Offsets \
      count bytes of the input; with --jsonl, bytes of the decoded string, named by "line" and \
      "field".

      EXIT CODE
        0; with --exit-code 1 if anything was found that blocks or masks; 2 for an error.
      """)

  @OptionGroup(title: "Library") var library: LibraryOptions
  @OptionGroup(title: "Policy") var policy: PolicyOptions

  @Option(
    help: ArgumentHelp(
      "At a blocked phrase: stop (say the refusal and end), mask it, or pass (only report).",
      valueName: "stop|mask|pass"))
  var onBlock: BlockMode = .stop

  @Flag(help: "Read JSON lines, one record a line.")
  var jsonl = false

  @Option(
    help: ArgumentHelp(
      "The string to filter in each record, as a path: text, request.body, messages.*.content; "
        + "may be repeated. (default: text)", valueName: "name"))
  var field: [String] = []

  @Option(help: ArgumentHelp("Write what is found to this file, as JSON lines.", valueName: "file"))
  var events: String?

  @Flag(help: "Show hits, held characters and speed on standard error at the end.")
  var stats = false

  @Flag(help: "Exit with 1 if anything was found that blocks or masks.")
  var exitCode = false

  func run() throws { throw ExitCode(try outcome()) }

  private func outcome() throws(CommandError) -> Outcome {
    let plan = try plan()
    var tally = FilterTally()
    if stats {
      tally.sampler = HoldbackSampler(holdbackBound: plan.engine.statistics.holdbackBound)
    }
    var isComplete = true
    if jsonl {
      var lines = JSONLinesFilter(plan, names: fieldNames)
      isComplete = try lines.run(&tally)
    } else {
      if FileDescriptor.standardInput.isTerminal && FileDescriptor.standardError.isTerminal {
        Diagnostics.report("reading what you type; Ctrl-D ends it, 'kwfilter --help' explains")
      }
      do { try PlainFilter.run(plan, &tally) } catch .cannotWrite(_, let reason)
        where reason.isBrokenPipe
      {
        // Whoever reads has enough: a quiet end.
      }
    }
    if stats { Diagnostics.write(StatisticsReport.text(tally)) }
    if !isComplete { return .incomplete }
    return exitCode && tally.intercepted > 0 ? .intercepted : .done
  }

  private var fieldNames: [String] { field.isEmpty ? ["text"] : field }

  private func plan() throws(CommandError) -> FilterPlan {
    if !jsonl && !field.isEmpty {
      throw .badOptions("--field names a part of JSON lines: add --jsonl")
    }
    let policy = try policy.policy()
    var cursors: [JSONFieldCursor] = []
    for name in jsonl ? fieldNames : [] {
      guard let path = JSONFieldPath(name) else {
        throw .badValue(
          option: "--field", value: name,
          remedy: "write names with dots between: messages.*.content")
      }
      cursors.append(JSONFieldCursor(path))
    }
    let engine = try library.library().engine
    let log: EventLog? = if let events { try EventLog(events, engine: engine) } else { nil }
    return FilterPlan(
      engine: engine, policy: policy, blockHandling: onBlock.handling, events: log,
      fields: cursors)
  }
}

/// The values of `--on-block`.
enum BlockMode: String, CaseIterable, ExpressibleByArgument {
  case stop, mask, pass

  /// The same for a stream.
  var handling: BlockHandling {
    switch self {
    case .stop: .stop
    case .mask: .mask
    case .pass: .pass
    }
  }
}

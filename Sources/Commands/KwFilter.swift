import ArgumentParser

/// The root command.
struct KwFilter: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kwfilter",
    abstract: "Intercepts keywords in what a model reads and writes.",
    usage: "kwfilter [<subcommand>] [<options>]",
    discussion: """
      Without a subcommand it filters: text goes from standard input to standard output, and is \
      released as soon as nothing in it can become a forbidden phrase.

      EXAMPLES
        model | kwfilter                         stop at the first blocked phrase
        model | kwfilter --on-block mask         write ** over it and go on
        kwfilter filter --jsonl --field text < in.jsonl > out.jsonl
        kwfilter scan corpus/                    where does a data set have them?
        kwfilter check '一段文字'                 why is this text stopped?
        kwfilter coverage --keywords Keywords    does the library meet the standard?

      The keyword library is built in; --keywords takes another one. NO_COLOR turns colours off.
      """,
    version: "0.1.0",
    subcommands: [
      FilterCommand.self, ScanCommand.self, CheckCommand.self, CompileCommand.self,
      InspectCommand.self, CoverageCommand.self, EvalCommand.self,
    ],
    defaultSubcommand: FilterCommand.self)
}

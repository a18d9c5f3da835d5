import Lexicons

let head = "risk: A.1.f\ntitle: 宣扬暴力、淫秽色情\nversion: 2026-11-22\n"
let sharedHead = "title: 共用\nversion: 2026-11-22\n"

/// Parses one risk file of the lines in `body`, which start at line 4.
func parse(_ body: String) throws(LexiconErrors) -> Lexicon {
  try parse(files: ["f.txt": head + body])
}

func parse(files: [String: String]) throws(LexiconErrors) -> Lexicon {
  try LexiconParser.parse(files: files.map { (name: $0.key, bytes: Array($0.value.utf8)) })
}

/// The problems of files given as bytes.
func problems(_ files: [String: [UInt8]]) -> [LexiconProblem] {
  do throws(LexiconErrors) {
    _ = try LexiconParser.parse(files: files.map { (name: $0.key, bytes: $0.value) })
    return []
  } catch {
    return error.problems
  }
}

/// The problems of one risk file of the lines in `body`, which start at line 4.
func problems(_ body: String) -> [LexiconProblem] {
  problems(["f.txt": Array((head + body).utf8)])
}

extension Entry {
  var combination: Combination? {
    if case .combination(let combination) = kind { combination } else { nil }
  }
}

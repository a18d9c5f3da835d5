import Foundation
import Testing

/// A folder for one test, with a small library in `Keywords`; removed with its owner.
final class Sandbox {
  let folder: URL

  static let keywords = """
    risk: A.1.h
    title: test
    version: 2026-11-22
    雇凶杀人
    大麻 | except=大麻烦/大麻花 | also=A.1.d
    hire a hitman
    k粉 | action=review
    zorbling | replace=【删】
    法币 | action=mask
    {buy} = 买 / 求购
    & {buy} + 手枪/子弹 | within=8
    ~ 加[vq]\\d{6,12}

    """

  init(keywords: String = Sandbox.keywords) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "kw-" + UUID().uuidString)
    try FileManager.default.createDirectory(
      at: folder.appending(path: "Keywords"), withIntermediateDirectories: true)
    try write("Keywords/A.1.h-test.txt", keywords)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ path: String, _ text: String) throws { try write(path, Array(text.utf8)) }

  func write(_ path: String, _ bytes: [UInt8]) throws {
    let url = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  /// Runs a subcommand with the small library.
  func run(_ arguments: [String], input: String = "") throws -> KwFilterProgram.Run {
    try KwFilterProgram.run(
      arguments + ["--keywords", "Keywords"], input: input, in: folder)
  }

  func run(_ arguments: [String], bytes: [UInt8]) throws -> KwFilterProgram.Run {
    try KwFilterProgram.run(
      arguments + ["--keywords", "Keywords"], input: bytes, in: folder)
  }

  /// Starts `filter` with the small library.
  func startFilter(_ arguments: [String] = []) throws -> RunningProgram {
    try RunningProgram(
      KwFilterProgram.url, ["filter", "--keywords", "Keywords"] + arguments, in: folder)
  }
}

/// Compares output with a file in `Snapshots`; with `KWFILTER_UPDATE_SNAPSHOTS=1` writes it instead.
func expectSnapshot(
  _ name: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "Snapshots/\(name)")
  let digest = try Regex("[0-9a-f]{16}")
  let shown = text.replacing(digest, with: "DIGEST")
  if ProcessInfo.processInfo.environment["KWFILTER_UPDATE_SNAPSHOTS"] != nil {
    try shown.write(to: file, atomically: true, encoding: .utf8)
  }
  let expected = try String(contentsOf: file, encoding: .utf8)
  #expect(shown == expected, sourceLocation: sourceLocation)
}

/// The refusal unless told otherwise.
let refusal = "抱歉，这个内容我无法提供。"

import Foundation
import Glibc

/// Runs the program that was built beside these tests.
enum KwFilterProgram {
  /// What a run left behind.
  struct Run {
    var output: [UInt8]
    var errors: String
    var exitCode: Int32

    var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// The executable.
  static let url = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "kwfilter")

  /// Runs it with one input to its end.
  static func run(
    _ arguments: [String], input: [UInt8] = [], in folder: URL? = nil,
    environment: [String: String] = [:]
  ) throws -> Run {
    let program = try RunningProgram(url, arguments, in: folder, environment: environment)
    program.write(input)
    program.closeInput()
    return program.finish()
  }

  /// Runs it with one input to its end.
  static func run(
    _ arguments: [String], input: String, in folder: URL? = nil
  ) throws -> Run {
    try run(arguments, input: Array(input.utf8), in: folder)
  }

  /// Runs a line of the shell, in which `$K` is the program.
  static func shell(_ line: String, in folder: URL? = nil) throws -> Run {
    let program = try RunningProgram(
      URL(fileURLWithPath: "/bin/sh"), ["-c", line], in: folder, environment: ["K": url.path])
    program.closeInput()
    return program.finish()
  }
}

/// A program under way: its input is written, and its output read, step by step.
final class RunningProgram {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let errors: URL
  private var isInputOpen = true
  private var taken: [UInt8] = []

  init(
    _ url: URL, _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]
  ) throws {
    signal(SIGPIPE, SIG_IGN)
    errors = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    process.executableURL = url
    process.arguments = arguments
    process.standardInput = input
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    try process.run()
    try output.fileHandleForWriting.close()
  }

  /// Writes bytes; while the pipe is full, output is taken.
  func write(_ bytes: [UInt8]) {
    let number = input.fileHandleForWriting.fileDescriptor
    _ = fcntl(number, F_SETFL, O_NONBLOCK)
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        take(timeout: 10)
      } else {
        return
      }
    }
  }

  func closeInput() {
    if isInputOpen { try? input.fileHandleForWriting.close() }
    isInputOpen = false
  }

  /// Waits until so many bytes of output are there in all, then a moment longer: what comes in
  /// that moment shows that too much is released.
  func output(count: Int, moment: Double = 0.1) -> String {
    take(until: Date(timeIntervalSinceNow: 60), count)
    take(until: Date(timeIntervalSinceNow: moment), .max)
    return String(decoding: taken, as: UTF8.self)
  }

  private func take(until end: Date, _ count: Int) {
    while taken.count < count, Date() < end {
      guard take(timeout: 20) else { return }
    }
  }

  func finish() -> KwFilterProgram.Run {
    closeInput()
    while take(timeout: 100) {}
    process.waitUntilExit()
    let said = (try? Data(contentsOf: errors)) ?? Data()
    try? FileManager.default.removeItem(at: errors)
    return KwFilterProgram.Run(
      output: taken, errors: String(decoding: said, as: UTF8.self),
      exitCode: process.terminationReason == .exit ? process.terminationStatus : -1)
  }

  /// Takes what is there; `false` at the end.
  @discardableResult private func take(timeout: Int32) -> Bool {
    let number = output.fileHandleForReading.fileDescriptor
    var request = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, timeout) > 0 else { return true }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = buffer.withUnsafeMutableBytes { read(number, $0.baseAddress, $0.count) }
    if count > 0 { taken += buffer[..<count] }
    return count > 0
  }
}

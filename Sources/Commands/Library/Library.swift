package import Filtering
import KeywordFilter
import Lexicons

/// Where a keyword library comes from.
package enum LibrarySource: Sendable, Equatable {
  case builtIn
  case directory(String)
  case database(String)

  /// Looks at what `--keywords` names.
  package init(_ path: String?) throws(CommandError) {
    guard let path else {
      self = .builtIn
      return
    }
    self = try FileReading.isDirectory(path) ? .directory(path) : .database(path)
  }

  /// The name in messages.
  var name: String {
    switch self {
    case .builtIn: "the built-in library"
    case .directory(let path), .database(let path): path
    }
  }
}

/// A keyword library that is ready for use.
package struct Library: Sendable {
  /// Finds what the library intercepts.
  package let engine: FilterEngine
  /// Where it comes from.
  package let source: LibrarySource
  /// How long the keyword files took to parse and compile; `nil` where they were compiled before.
  let buildTime: Duration?
  /// How long a compiled database took to be checked and opened; no time where it was just compiled.
  let openTime: Duration

  /// Opens a library.
  ///
  /// - Throws: `CommandError`, also for a library without entries: a filter that intercepts nothing
  ///   must not look like one.
  package init(_ source: LibrarySource) throws(CommandError) {
    let clock = ContinuousClock()
    switch source {
    case .builtIn:
      let start = clock.now
      let engine = FilterEngine.builtIn
      try self.init(engine, source, openTime: start.duration(to: clock.now))
    case .directory(let path): self = try Self.compiled(path)
    case .database(let path):
      let database = try FileReading.contents(of: path)
      let start = clock.now
      let engine = try Self.open(database, path)
      try self.init(engine, source, openTime: start.duration(to: clock.now))
    }
  }

  private init(
    _ engine: FilterEngine, _ source: LibrarySource, buildTime: Duration? = nil,
    openTime: Duration
  ) throws(CommandError) {
    if engine.entryCount == 0 { throw .emptyLibrary(path: source.name) }
    self.engine = engine
    self.source = source
    self.buildTime = buildTime
    self.openTime = openTime
  }

  /// Compiles the keyword files of a folder.
  static func compiled(_ path: String) throws(CommandError) -> Library {
    let clock = ContinuousClock()
    let start = clock.now
    let lexicon = try parse(path)
    let engine: FilterEngine
    do { engine = try FilterEngine(lexicon: consume lexicon) } catch {
      throw .badLibrary(path: path, isDirectory: true, error)
    }
    return try Library(
      engine, .directory(path), buildTime: start.duration(to: clock.now), openTime: .zero)
  }

  private static func parse(_ path: String) throws(CommandError) -> Lexicon {
    let files = try FileReading.keywordFiles(in: path)
    do { return try LexiconParser.parse(files: files) } catch {
      throw .badLibrary(path: path, isDirectory: true, .lexicon(error))
    }
  }

  private static func open(
    _ database: [UInt8], _ path: String
  ) throws(CommandError) -> FilterEngine {
    do { return try FilterEngine(database: database.span) } catch {
      throw .badLibrary(path: path, isDirectory: false, error)
    }
  }

  /// Where an entry was written, as `file:line`.
  func place(of entry: EntryInfo) -> String {
    let file =
      if case .directory(let path) = source { Directory.join(path, entry.file) } else {
        entry.file
      }
    return "\(file):\(entry.line)"
  }
}

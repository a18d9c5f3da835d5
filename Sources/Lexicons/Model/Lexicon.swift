/// The checked content of a folder of keyword files.
///
/// Files stand in the order of their names (by bytes), entries in the order of files and lines, so
/// equal files give an equal lexicon whatever the order in which they were read.
///
/// - Invariant: every ``SetID`` of an entry is an index of ``sets``, every ``Entry/source`` one of
///   ``sources``, and no two entries of a kind are the same after folding.
public struct Lexicon: Sendable, Equatable {
  /// A file that entries come from.
  public struct Source: Sendable, Equatable {
    /// The file's name as it was given.
    public var name: String
    /// The risk of the file's entries; `nil` for `sets.txt`.
    public var risk: Risk?
    /// The title in the header.
    public var title: String
    /// The version in the header.
    public var version: CalendarDate

    /// Makes the description of a file.
    public init(name: String, risk: Risk?, title: String, version: CalendarDate) {
      self.name = name
      self.risk = risk
      self.title = title
      self.version = version
    }
  }

  /// An entry that was dropped, because an earlier one is the same after folding.
  ///
  /// The dropped entry's risks are secondary risks of the kept one; all else of it has no effect.
  public struct Duplicate: Sendable, Equatable {
    /// The index in ``Lexicon/entries`` of the earlier entry.
    public var kept: Int
    /// The later entry.
    public var dropped: Entry

    /// Makes the record of a dropped entry.
    public init(kept: Int, dropped: Entry) {
      self.kept = kept
      self.dropped = dropped
    }
  }

  /// The files, ordered by name.
  public var sources: [Source] = []
  /// The entries, ordered by file and line.
  public var entries: [Entry] = []
  /// The word sets that combinations use, each list once.
  public var sets: [WordSet] = []
  /// The entries that were dropped as duplicates, ordered by file and line.
  public var duplicates: [Duplicate] = []

  /// Makes a lexicon without files.
  public init() {}

  /// The words of the set `id`.
  public subscript(id: SetID) -> WordSet { sets[id.index] }

  /// The newest version of any file; `nil` where there is no file.
  public var version: CalendarDate? { sources.map(\.version).max() }

  /// Where an entry was written, as `file:line`.
  public func location(of entry: Entry) -> String { "\(sources[entry.source].name):\(entry.line)" }
}

import Filtering

/// One finding of a scan, with what is needed to show it.
struct Hit {
  /// The finding; its range counts bytes of the text as UTF-8.
  var finding: Finding
  /// The line on which it begins, from 1.
  var line: Int
  /// Its bytes.
  var match: [UInt8]
  /// The bytes around it that are at hand.
  var before: ArraySlice<UInt8>
  var after: ArraySlice<UInt8>
}

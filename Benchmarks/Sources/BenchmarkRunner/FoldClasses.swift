import Foundation
import KeywordFilter

/// Which Han characters are the same after folding.
enum FoldClasses {
  /// The classes of more than one character of U+4E00–U+9FFF, as strings, the first one kept.
  ///
  /// Found through the public interface: terms that fold alike are duplicates of each other.
  static func han() throws -> [String] {
    var text = "risk: A.1.a\ntitle: fold classes\nversion: 2026-01-01\n\n"
    for value in UInt32(0x4E00)...0x9FFF {
      if let scalar = Unicode.Scalar(value) { text += "\(scalar)00\n" }
    }
    let engine = try FilterEngine(files: [("classes.txt", Array(text.utf8))])
    var classes: [Int: String] = [:]
    for duplicate in engine.duplicates {
      let kept = classes[duplicate.kept] ?? String(engine.entry(duplicate.kept).text.prefix(1))
      classes[duplicate.kept] = kept + String(duplicate.text.prefix(1))
    }
    return classes.sorted { $0.key < $1.key }.map(\.value)
  }
}

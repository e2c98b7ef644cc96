import Foundation

extension String {
  /// The text in NFC, the one form in which Vietnamese leaves VeDich.
  var composed: String {
    // Codes and model names are ASCII, which is its own normal form.
    utf8.allSatisfy { $0 < 0x80 } ? self : precomposedStringWithCanonicalMapping
  }
}

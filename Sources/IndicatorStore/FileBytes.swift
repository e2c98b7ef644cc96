public import Foundation
import Indicators

/// Reading whole files.
public enum FileBytes {
  /// The bytes of a file.
  ///
  /// - Parameters:
  ///   - url: The file.
  ///   - name: How messages call it.
  /// - Returns: All bytes of the file.
  /// - Throws: ``FileFault`` of kind `missing` or `unreadable`.
  public static func read(_ url: URL, name: String) throws(FileFault) -> [UInt8] {
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw FileFault(
        .missing,
        [
          Diagnostic(
            file: name, line: 0, found: "no such file", expected: "a CSV file",
            fix: "check the name and the folder")
        ])
    }
    let type = try? FileManager.default.attributesOfItem(atPath: url.path)[.type]
    guard type as? FileAttributeType != .typeDirectory else {
      throw FileFault(
        .unreadable,
        [
          Diagnostic(
            file: name, line: 0, found: "a folder", expected: "a CSV file",
            fix: "name a file inside the folder")
        ])
    }
    do {
      return [UInt8](try Data(contentsOf: url, options: .mappedIfSafe))
    } catch {
      throw FileFault(
        .unreadable,
        [
          Diagnostic(
            file: name, line: 0, found: "a file that cannot be read", expected: "a readable file",
            fix: "check the permissions of the file")
        ])
    }
  }
}

public import Foundation

/// Where the repository's files and the shared data are.
public enum Files {
  /// The root of the repository, from this source file's place in it.
  public static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The third-party data that tests read but the repository does not hold: `VEDICH_SHARED_DATA`, by default
  /// `../shared/data`; `nil` when it is absent, which a test that needs it has to say.
  public static var sharedData: URL? {
    let named = ProcessInfo.processInfo.environment["VEDICH_SHARED_DATA"]
    let folder =
      named.map { URL(filePath: $0) }
      ?? repository.deletingLastPathComponent().appending(path: "shared/data")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }
}

import DemoProvince
import Foundation
import Testing

@Suite struct WriteDataset {
  /// Writes the dataset to the folder named by `VEDICH_DEMO_OUTPUT`, to look at it.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["VEDICH_DEMO_OUTPUT"] != nil))
  func writesTheDataset() throws {
    let folder = URL(
      filePath: ProcessInfo.processInfo.environment["VEDICH_DEMO_OUTPUT"] ?? "")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for file in try Fixture.dataset.get().files {
      try Data(file.contents.utf8).write(to: folder.appending(path: file.name))
    }
  }
}

import DemoProvince
import Foundation
import IndicatorStore
import Indicators
import TestSupport
import Testing

/// The dataset read as a workspace, as `vedich run` reads it.
@Suite struct WorkspaceTests {
  private static let seeds = Files.repository.appending(path: "seeds")

  /// Writes the dataset that the program's own reading of the seeds gives to a new folder.
  private func workspace() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "vedich-demo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let catalogue = try ReferenceDataReader(folder: Self.seeds).read().catalogue
    for file in DemoProvince.generate(seed: 2026, catalogue: catalogue).files {
      try Data(file.contents.utf8).write(to: folder.appending(path: file.name))
    }
    return folder
  }

  @Test func everyRowIsAcceptedAndTheReferenceDataAreSound() throws {
    let folder = try workspace()
    defer { try? FileManager.default.removeItem(at: folder) }
    let workspace = try Workspace(folder: folder, seeds: Self.seeds)
    #expect(workspace.reference.diagnostics.map(\.description) == [])
    #expect(Set(workspace.catalogue.units.map(\.code)).count == 98)
    #expect(workspace.catalogue.assignments.count == 4 * 95)
    #expect(!workspace.catalogue.baselines.isEmpty)
    let file = try workspace.observations()
    #expect(file.rejected.map(\.description) == [])
    #expect(file.rowsRead == file.observations.count)
    // Shares above 100 % are kept and flagged.
    let above = file.observations.filter { $0.value > 100 && $0.indicator.hasSuffix("_share") }
    #expect(above.count > 5)
    #expect(file.warnings.contains { $0.description.contains("100") })
    for entry in try Fixture.dataset.get().files {
      let written = try Data(contentsOf: folder.appending(path: entry.name))
      #expect(written == Data(entry.contents.utf8), "\(entry.name)")
    }
  }
}

import ArgumentParser
import DemoProvince
import Foundation
import IndicatorStore
import Reports

/// Writes the synthetic province.
struct DemoDataCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo-data",
    abstract: "Write a synthetic province with its generating truth.",
    discussion: """
      The province, its 95 units and all their values are invented. The same seed gives the same files.

      Example:
        vedich demo-data --seed 2026 --output datasets/demo
      """)

  @Option(help: "The seed of all random numbers.")
  var seed: UInt64 = 2026
  @Option(help: "The folder of the reference data.", completion: .directory)
  var seeds = "seeds"
  @Option(name: .shortAndLong, help: "The folder to write.", completion: .directory)
  var output: String

  func run() async throws {
    try await reportingFailures {
      let reference = try ReferenceDataReader(folder: URL(filePath: seeds)).read()
      try reference.requireIndicators(workspace: nil, seeds: seeds)
      let dataset = DemoProvince.generate(seed: seed, catalogue: reference.catalogue)
      let folder = URL(filePath: output)
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for file in dataset.files {
          try Data(file.contents.utf8)
            .write(to: folder.appending(path: file.name), options: .atomic)
        }
      } catch {
        throw Failure(OutputError(writing: output, error))
      }
      Console.note("\(dataset.files.count) files written to \(output) (synthetic, seed \(seed))")
    }
  }
}

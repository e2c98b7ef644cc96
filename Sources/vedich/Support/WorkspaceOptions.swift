import ArgumentParser
import Foundation
import IndicatorStore
import Indicators

/// Where the reference data are: shared by the commands that need them.
struct WorkspaceOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: "A folder with observations.csv and any tables of reference data.",
    completion: .directory)
  var workspace: String?
  @Option(help: "The folder for what the workspace lacks.", completion: .directory)
  var seeds = "seeds"

  /// The reference data of the workspace, or of the seeds alone.
  func reference() throws(FileFault) -> ReferenceData {
    let fallback = URL(filePath: seeds)
    guard let workspace else { return try ReferenceDataReader(folder: fallback).read() }
    return try Workspace(folder: URL(filePath: workspace), seeds: fallback).reference
  }
}

extension ReferenceData {
  /// Stops on errors of the reference data; warnings are counted on standard error.
  func requireSound() throws {
    let errors = diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw Failure(.badData, Failure.list(errors)) }
    let warnings = diagnostics.count - errors.count
    if warnings > 0 {
      Console.note(
        "\(warnings) warnings in the reference data; vedich check shows them")
    }
  }
}

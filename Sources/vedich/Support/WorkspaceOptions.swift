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

  /// The catalogue of the workspace, or of the seeds alone; never without an indicator.
  func catalogue() throws -> Catalogue {
    let reference = try reference()
    try reference.requireIndicators(workspace: workspace, seeds: seeds)
    return reference.catalogue
  }
}

extension ReferenceData {
  /// Stops where no indicator is known: without the seeds all else would be in error.
  func requireIndicators(workspace: String?, seeds: String) throws {
    guard catalogue.indicators.isEmpty else { return }
    let places = [workspace, seeds].compactMap(\.self).joined(separator: " or ")
    throw Failure(
      .noInput,
      "there is no indicators.csv with a row in \(places)\n"
        + "  fix: say with --seeds where the reference data are")
  }

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

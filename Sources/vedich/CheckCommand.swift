import ArgumentParser
import Foundation
import IndicatorStore
import Indicators

/// Says what is wrong with a file of observations, or with a whole workspace, before it is used.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a file of observations, or a whole workspace, before a run.",
    discussion: """
      Codes and bounds are those of the workspace, which for a FILE alone is the folder it lies in; what \
      that lacks comes from the seeds. A file whose columns are named by options is checked for its \
      form only, unless --workspace is given. Without FILE, the reference data and the observations of \
      the workspace are checked.

      The exit code is 0 when nothing has to be mended, 65 when a row was rejected or an error found, \
      and 66 when there is nothing to read.

      Examples:
        vedich check datasets/demo/observations.csv --rejected rejected.csv
        vedich check --workspace datasets/demo
      """)

  @Argument(help: "A file of observations.", completion: .file())
  var file: String?
  @OptionGroup var place: WorkspaceOptions
  @OptionGroup var columns: ObservationOptions
  @Option(help: "Where rejected rows go, - for standard output.", completion: .file())
  var rejected: String?

  func validate() throws {
    guard file != nil || place.workspace != nil else {
      throw ValidationError("Name a FILE of observations, a --workspace, or both.")
    }
  }

  func run() async throws {
    try await reportingFailures {
      let reference = try reference()
      let findings = (reference?.diagnostics ?? []).filter {
        // Warnings of tables that nobody asked about are left out.
        place.workspace != nil || $0.severity == .error
      }
      report(findings, of: reference)
      let read = try observations(catalogue: reference?.catalogue)
      if let rejected { try writeRejected(read.rejected, to: rejected) }
      report(read, catalogue: reference?.catalogue)
      let errors = findings.count { $0.severity == .error }
      guard errors == 0, read.rejected.isEmpty else {
        throw ExitCode(Failure.Code.badData.rawValue)
      }
    }
  }

  /// Whether the columns of the file have names of their own.
  private var isForeign: Bool { columns.reading.columns != ObservationOptions.unnamed }

  private func reference() throws -> ReferenceData? {
    if place.workspace != nil { return try place.reference() }
    guard let file, !isForeign else { return nil }
    let folder = URL(filePath: file).deletingLastPathComponent()
    return try ReferenceDataReader(folder: folder, fallback: URL(filePath: place.seeds)).read()
  }

  private func observations(catalogue: Catalogue?) throws -> ObservationFile {
    var options = ReadingOptions()
    if isForeign { options = columns.reading }
    options.decimalComma = columns.reading.decimalComma
    options.periodsAreSteps = columns.steps
    let folder = place.workspace.map { URL(filePath: $0) }
    guard
      let url = file.map({ URL(filePath: $0) }) ?? folder?.appending(path: "observations.csv")
    else { throw Failure(.noInput, "there is no file to check") }
    do {
      return try ObservationReader(catalogue: catalogue, options: options).read(contentsOf: url)
    } catch {
      guard !isForeign, error.diagnostics.contains(where: { $0.found.hasPrefix("no column") })
      else { throw error }
      let failure = Failure(error)
      throw Failure(
        failure.code,
        failure.message
          + "\ncolumns of other names are given by --indicator-column, --unit-column, "
          + "--period-column and --value-column")
    }
  }

  private func report(_ findings: [Diagnostic], of reference: ReferenceData?) {
    let errors = findings.filter { $0.severity == .error }
    let warnings = findings.filter { $0.severity == .warning }
    if let reference, place.workspace != nil {
      for source in reference.sources {
        Console.note("\(source.name): \(counted(source.rowsRead, "row")) read")
      }
    }
    for list in [warnings, errors] where !list.isEmpty { Console.note(Failure.list(list)) }
    if place.workspace != nil {
      Console.note(
        "reference data: \(counted(errors.count, "error")), \(counted(warnings.count, "warning"))")
    }
  }

  private func report(_ read: ObservationFile, catalogue: Catalogue?) {
    for list in [read.warnings, read.rejected] where !list.isEmpty {
      Console.note(Failure.list(list))
    }
    if let catalogue, !catalogue.indicators.isEmpty || !catalogue.units.isEmpty {
      let units = Set(catalogue.units.map(\.code)).count
      Console.note(
        "\(read.name): checked against \(counted(catalogue.indicators.count, "indicator")) and "
          + counted(units, "unit"))
    } else {
      Console.note(
        "\(read.name): codes and bounds are not checked, for want of a catalogue "
          + (isForeign ? "(--workspace gives one)" : "(--workspace or --seeds gives one)"))
    }
    Console.note(read.countLine)
  }
}

import ArgumentParser
import Attainment
import Foundation
import IndicatorStore
import Indicators
import LinearAlgebra
import Reports
import TimeSeries

/// The main job: from monthly values to the attainment of every target.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Assess every target of a workspace and write the results.",
    discussion: """
      A workspace is a folder with observations.csv and any of indicators, targets, units, \
      organisations, tasks, baselines, assignments and task_reports (.csv); what it lacks comes from \
      the seeds.

      Example:
        vedich run --workspace datasets/demo --origin 2026-10 --output output
      """)

  @Option(
    name: .shortAndLong, help: "A folder with observations.csv and any tables of reference data.",
    completion: .directory)
  var workspace: String
  @Option(help: "The folder for what the workspace lacks.", completion: .directory)
  var seeds = "seeds"
  @Option(help: "Another file of observations.", completion: .file())
  var observations: String?
  @Option(help: "The last month that may be used (default: the last one in the observations).")
  var origin: String?
  @Option(help: "Today, for tasks and alerts (default: the last day of the origin).")
  var asOf: String?
  @Option(help: "The seed of all random numbers.")
  var seed: UInt64 = 2026
  @Option(help: "Joint paths for each indicator; an odd number.")
  var paths = 2001
  @Option(help: "How many tasks run at once; has no influence on any number.")
  var threads = ProcessInfo.processInfo.activeProcessorCount
  @Option(help: "The language of the summary.")
  var language = Language.vietnamese
  @Flag(
    inversion: .prefixedNo,
    help: "Whether what answered questions elsewhere have taught corrects the forecasts.")
  var outsideView = true
  @Flag(help: "Begin CSV files with the mark that Excel needs to see UTF-8.")
  var byteOrderMark = false
  @Option(help: "A Jupyter notebook over the results to write as well.", completion: .file())
  var notebook: String?
  @Flag(help: "Tell whose probability has fallen since last month, and why; takes longer.")
  var warnings = false
  @Option(
    help: "The folder of last month's results, to compare with; implies --warnings.",
    completion: .directory)
  var previous: String?
  @Option(name: .shortAndLong, help: "The folder to write.", completion: .directory)
  var output = "output"

  func validate() throws {
    guard paths >= 101, paths % 2 == 1 else {
      throw ValidationError(
        "--paths must be an odd number of at least 101, so that the median is a path.")
    }
    guard threads >= 1 else { throw ValidationError("--threads must be at least 1.") }
    if let origin {
      guard let period = Period(origin), period.frequency == .month else {
        throw ValidationError("--origin must be a month such as 2026-10, not \"\(origin)\".")
      }
    }
    if let asOf, Day(asOf) == nil {
      throw ValidationError("--as-of must be a day such as 2026-10-31, not \"\(asOf)\".")
    }
  }

  func run() async throws {
    try await reportingFailures {
      let place = try Workspace(folder: URL(filePath: workspace), seeds: URL(filePath: seeds))
      try place.reference.requireIndicators(workspace: workspace, seeds: seeds)
      try place.reference.requireSound()
      let file = try place.observations(from: observations.map { URL(filePath: $0) })
      let (input, settings) = try prepare(place, file)
      let result = await Assessment(input: input, settings: settings).run { code, index, count in
        Console.progress("\(index)/\(count) \(code)")
      }
      let fallen =
        warnings || previous != nil
        ? try await earlyWarnings(result, input: input, settings: settings, file: file) : nil
      Console.endProgress()
      try write(
        result, fallen, input: input, settings: settings, file: file,
        reference: place.reference)
      if let notebook { try writeNotebook(to: notebook, result, input: input, settings: settings) }
      try report(result, fallen ?? [], input: input, settings: settings, file: file)
    }
  }

  private func prepare(
    _ place: Workspace, _ file: ObservationFile
  ) throws -> (AssessmentInput, AssessmentSettings) {
    let months = file.observations.filter { $0.period.frequency == .month }.map(\.period)
    guard
      let last = origin.flatMap({ Period($0) }) ?? months.max()
        ?? file.observations
        .compactMap(\.period.lastMonth).max()
    else {
      throw Failure(
        .badData,
        ([Failure.list(file.rejected), file.countLine].filter { !$0.isEmpty })
          .joined(separator: "\n"))
    }
    guard let today = asOf.flatMap({ Day($0) }) ?? last.lastDay else {
      throw Failure(.badData, "--origin must be a month such as 2026-10")
    }
    let vintages = Vintages(file.observations)
    let known = vintages.asOf(today)
    try compare(origin: last, with: known, asOf: today, in: file)
    let isSynthetic = file.observations.contains { $0.source == "synthetic" }
    let settings = AssessmentSettings(
      origin: last, asOf: today, seed: seed, pathCount: paths, threads: threads,
      isSynthetic: isSynthetic, outsidePrior: outsideView ? .all : nil)
    let revisions = revisions(vintages, asOf: today)
    let input = AssessmentInput(
      catalogue: place.catalogue, observations: known, revisions: revisions,
      taskReports: place.catalogue.taskReports)
    return (input, settings)
  }

  /// What was published more than once by a day.
  func revisions(_ vintages: Vintages, asOf today: Day) -> [AssessmentInput.Revision] {
    vintages.revisions.filter { ($0.last.reportedAt ?? today) <= today }
      .map {
        AssessmentInput.Revision(
          indicator: $0.last.indicator, unit: $0.last.unit, first: $0.first.value,
          last: $0.last.value)
      }
  }

  /// Stops where nothing is known up to the origin, and says so where nothing is known of its last months.
  private func compare(
    origin: Period, with known: [Observation], asOf: Day, in file: ObservationFile
  ) throws {
    let months = known.compactMap(\.period.lastMonth)
    guard let first = months.min(), first <= origin else {
      let begin = file.observations.compactMap(\.period.lastMonth).min()
      throw Failure(
        .badData,
        "\(file.name): nothing is known up to \(origin) as of \(asOf)\n  fix: choose a later --origin"
          + (begin.map { "; the first observation is of \($0)" } ?? ""))
    }
    if let newest = months.max(), newest < origin {
      Console.note(
        "\(file.name): the last observation is of \(newest), \(origin.ordinal - newest.ordinal) "
          + "months before the origin \(origin)")
    }
  }

  private func write(
    _ result: AssessmentResult, _ fallen: [EarlyWarning]?, input: AssessmentInput,
    settings: AssessmentSettings,
    file: ObservationFile, reference: ReferenceData
  ) throws {
    let synthetic = settings.isSynthetic
    var folder = try OutputFolder(URL(filePath: output), byteOrderMark: byteOrderMark)
    do {
      try folder.write(.projections(isSynthetic: synthetic), result.projections)
      try folder.write(.attainment(isSynthetic: synthetic), result.attainments)
      try folder.write(.contributions(isSynthetic: synthetic), result.contributions)
      try folder.write(.unitCounts(isSynthetic: synthetic), result.unitCounts)
      try folder.write(.planner(isSynthetic: synthetic), result.planner)
      try folder.write(.allocation(isSynthetic: synthetic), result.allocations)
      try folder.write(
        .priorities(isSynthetic: synthetic, wording: Wording(language)), result.priorities)
      if let fallen { try folder.write(.warnings(isSynthetic: synthetic), fallen) }
      try folder.write(.alerts(isSynthetic: synthetic), result.alerts)
      try folder.write(.calibration(isSynthetic: synthetic), result.calibration)
      try folder.write(
        .reliability(isSynthetic: synthetic), ReliabilityRow.rows(result.calibration))
      try folder.write(.reconciliation(isSynthetic: synthetic), result.reconciliations)
      try folder.write(
        .targetCounts(isSynthetic: synthetic), TargetCounts.rows(result.attainments))
      try folder.write(.dataQuality(isSynthetic: synthetic), result.dataQuality)
      try folder.write(.rejected(isSynthetic: synthetic), file.rejected)
      try folder.finish(description(settings, file: file, reference: reference))
    } catch {
      folder.discard()
      throw error
    }
  }

  /// The notebook reads the output folder by the path that leads there from its own folder.
  private func writeNotebook(
    to path: String, _ result: AssessmentResult, input: AssessmentInput,
    settings: AssessmentSettings
  ) throws {
    let file = URL(filePath: path)
    let writer = NotebookWriter(
      attainments: result.attainments, catalogue: input.catalogue,
      isSynthetic: settings.isSynthetic,
      outputPath: relativePath(
        from: file.deletingLastPathComponent(),
        to: URL(filePath: output, directoryHint: .isDirectory)))
    try vedich.write(String(decoding: writer.bytes, as: UTF8.self), to: path)
  }

  private func description(
    _ settings: AssessmentSettings, file: ObservationFile, reference: ReferenceData
  ) -> RunDescription {
    let tables = reference.sources.map {
      InputFile(
        path: $0.name, sha256: $0.sha256, rowsRead: $0.rowsRead, rowsAccepted: $0.rowsRead,
        rowsRejected: 0)
    }
    let values = InputFile(
      path: file.name, sha256: file.sha256, rowsRead: file.rowsRead,
      rowsAccepted: file.rowsAccepted, rowsRejected: file.rejected.count)
    return RunDescription(
      version: Version.number, command: "run", origin: settings.origin, asOf: settings.asOf,
      seed: settings.seed, paths: settings.pathCount, inputs: [values] + tables,
      linearAlgebra: Backend.description, swiftVersion: Version.compiler,
      isSynthetic: settings.isSynthetic)
  }

  private func report(
    _ result: AssessmentResult, _ fallen: [EarlyWarning], input: AssessmentInput,
    settings: AssessmentSettings,
    file: ObservationFile
  ) throws {
    var summary = SummaryTable(
      attainments: result.attainments, contributions: result.contributions,
      counts: result.unitCounts, alerts: result.alerts, warnings: fallen,
      catalogue: input.catalogue, isSynthetic: settings.isSynthetic)
    summary.targetCounts = TargetCounts.rows(result.attainments)
    summary.calibration = result.calibration
    var line = file.countLine
    if !file.warnings.isEmpty {
      line += ", \(counted(file.warnings.count, "warning")) (vedich check shows them)"
    }
    line += "; results in \(output)"
    if !file.rejected.isEmpty { line += ", rejected rows in its rejected.csv" }
    if let notebook { line += "; notebook in \(notebook)" }
    Console.note(line)
    try Console.write(
      summary.text(
        Wording(language), width: Terminal.width, usesColour: Terminal.usesColour))
  }
}

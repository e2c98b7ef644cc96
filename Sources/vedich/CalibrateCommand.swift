import ArgumentParser
import Attainment
import Foundation
import IndicatorStore
import Indicators
import Reports
import TimeSeries

/// How the forecasts of a workspace's indicators would have done in its own past.
struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Check a workspace's forecasts against its own past.",
    discussion: """
      Goes back to past origins, asks what was to come with what was known then, and compares. Prints a \
      row for each indicator and horizon with the columns of calibration.csv; the bins of the reliability \
      tables go to --reliability. vedich run does the same check for its results.

      Example:
        vedich calibrate --workspace datasets/demo --origin 2026-10 --output calibration.csv
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
  @Flag(
    inversion: .prefixedNo,
    help:
      "Whether the forecasts to check are corrected by what answered questions elsewhere taught.")
  var outsideView = true
  @Option(help: "How many tasks run at once; has no influence on any number.")
  var threads = ProcessInfo.processInfo.activeProcessorCount
  @Option(help: "Where the bins go, with the columns of reliability.csv.", completion: .file())
  var reliability: String?
  @Option(name: .shortAndLong, help: "Where the results go, - for standard output.")
  var output = "-"

  func validate() throws {
    guard threads >= 1 else { throw ValidationError("--threads must be at least 1.") }
    if let origin {
      guard let period = Period(origin), period.frequency == .month else {
        throw ValidationError("--origin must be a month such as 2026-10, not \"\(origin)\".")
      }
    }
  }

  func run() async throws {
    try await reportingFailures {
      let place = try Workspace(folder: URL(filePath: workspace), seeds: URL(filePath: seeds))
      try place.reference.requireIndicators(workspace: workspace, seeds: seeds)
      try place.reference.requireSound()
      let file = try place.observations(from: observations.map { URL(filePath: $0) })
      guard
        let last = origin.flatMap({ Period($0) })
          ?? file.observations.compactMap(\.period.lastMonth).max(), let today = last.lastDay
      else { throw Failure(.badData, file.countLine) }
      let settings = AssessmentSettings(
        origin: last, asOf: today, threads: threads, outsidePrior: outsideView ? .all : nil)
      let input = AssessmentInput(
        catalogue: place.catalogue, observations: Vintages(file.observations).asOf(today))
      let rows = await Assessment(input: input, settings: settings).calibrate()
      let isSynthetic = file.observations.contains { $0.source == "synthetic" }
      let table = CSVTable<CalibrationRow>.calibration(isSynthetic: isSynthetic)
      try vedich.write(String(decoding: table.bytes(rows), as: UTF8.self), to: output)
      if let reliability {
        let bins = CSVTable<ReliabilityRow>.reliability(isSynthetic: isSynthetic)
        try vedich.write(
          String(decoding: bins.bytes(ReliabilityRow.rows(rows)), as: UTF8.self), to: reliability)
      }
      let settled = rows.reduce(0) { $0 + $1.questions }
      Console.note("\(file.countLine); \(Wording(.english).checkedOn(settledHere: settled))")
    }
  }
}

import ArgumentParser
import Attainment
import Foundation
import IndicatorStore
import Indicators
import LinearAlgebra
import Reports
import TimeSeries

/// What `sensitivity` and `scenario compare` have in common.
struct WhatIfOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, help: "A folder with observations.csv and drivers.csv.",
    completion: .directory)
  var workspace: String
  @Option(help: "The folder for what the workspace lacks.", completion: .directory)
  var seeds = "seeds"
  @Option(help: "The last month that may be used (default: the last one in the observations).")
  var origin: String?
  @Option(help: "The seed of all random numbers.")
  var seed: UInt64 = 2026
  @Option(help: "Joint paths for each indicator; an odd number.")
  var paths = 2001
  @Option(help: "How many tasks run at once; has no influence on any number.")
  var threads = ProcessInfo.processInfo.activeProcessorCount
  @Option(help: "The language of the summary and of notes.")
  var language = Language.vietnamese
  @Option(name: .shortAndLong, help: "The folder to write.", completion: .directory)
  var output: String

  func validate() throws {
    guard paths >= 101, paths % 2 == 1 else {
      throw ValidationError(
        "--paths must be an odd number of at least 101, so that the median is a path.")
    }
    guard threads >= 1 else { throw ValidationError("--threads must be at least 1.") }
    if let origin, Period(origin)?.frequency != .month {
      throw ValidationError("--origin must be a month such as 2026-10, not \"\(origin)\".")
    }
  }
}

/// A workspace with its drivers, ready for questions of what if.
struct WhatIfWorkspace {
  let input: AssessmentInput
  let settings: AssessmentSettings
  let drivers: DriverData
  private let file: ObservationFile
  private let reference: ReferenceData

  init(_ options: WhatIfOptions) throws {
    let folder = URL(filePath: options.workspace)
    let place = try Workspace(folder: folder, seeds: URL(filePath: options.seeds))
    try place.reference.requireIndicators(workspace: options.workspace, seeds: options.seeds)
    try place.reference.requireSound()
    reference = place.reference
    file = try place.observations()
    drivers = try DriverReader(folder: folder, catalogue: place.catalogue).read()
    let months = file.observations.filter { $0.period.frequency == .month }.map(\.period)
    guard
      let last = options.origin.flatMap({ Period($0) }) ?? months.max()
        ?? file.observations.compactMap(\.period.lastMonth).max(), let today = last.lastDay
    else { throw Failure(.badData, "\(file.name): no row can be used") }
    let vintages = Vintages(file.observations)
    settings = AssessmentSettings(
      origin: last, asOf: today, seed: options.seed, pathCount: options.paths,
      threads: options.threads,
      isSynthetic: file.observations.contains { $0.source == "synthetic" }, outsidePrior: .all)
    let revisions = vintages.revisions.filter { ($0.last.reportedAt ?? today) <= today }.map {
      AssessmentInput.Revision(
        indicator: $0.last.indicator, unit: $0.last.unit, first: $0.first.value,
        last: $0.last.value)
    }
    input = AssessmentInput(
      catalogue: place.catalogue, observations: vintages.asOf(today), revisions: revisions)
    for warning in drivers.diagnostics where warning.severity == .warning {
      Console.note(warning.description)
    }
  }

  private var province: String {
    input.catalogue.units.last { $0.level == .province }?.code ?? ""
  }

  /// The denominators a driver is asked about; those of an indicator are its own.
  func denominators(of driver: String) -> [DriverDenominator] {
    let known = drivers.drivers.denominators(of: driver)
    if !known.isEmpty { return known }
    return [DriverDenominator(input.catalogue.indicator(driver)?.denominator ?? "")]
  }

  /// The driver with one denominator, if nothing is decided.
  ///
  /// A driver that is not in `drivers.csv` is taken from the observations of the indicator of its code.
  func baseline(
    _ driver: String, denominator: DriverDenominator?, stage: DriverStage?
  ) throws -> DriverBaseline {
    var table = drivers.drivers
    if !table.drivers.contains(driver), input.catalogue.indicator(driver) != nil {
      table.values += input.observations.filter { $0.indicator == driver }.map {
        DriverValue(
          driver: driver, unit: $0.unit, period: $0.period, value: $0.value,
          denominator: denominator ?? DriverDenominator(""), stage: nil, source: $0.source)
      }.filter { value in
        // Of a unit with several frequencies the finest with most values, as everywhere.
        value.period.frequency == frequency(of: driver, unit: value.unit)
      }
    }
    do throws(DriverFault) {
      let series = try table.series(
        of: driver, denominator: denominator, stage: stage, origin: settings.origin)
      return DriverBaseline(driver: series, origin: settings.origin, province: province)
    } catch {
      if case .unknownDriver(let code, let known) = error,
        let nearest = nearestName(
          to: code, among: known + input.catalogue.indicators.map(\.code))
      {
        throw Failure(
          .usage,
          "there is no driver \(quoted(code)) in drivers.csv and no indicator of that code\n"
            + "  fix: --driver \(nearest), if that is meant")
      }
      if case .unknownDriver = error { throw Failure(.usage, error.description) }
      throw Failure(.badData, error.description)
    }
  }

  private func frequency(of indicator: String, unit: String) -> Frequency? {
    let own = input.observations.filter { $0.indicator == indicator && $0.unit == unit }
    let counts = Dictionary(grouping: own, by: \.period.frequency).mapValues(\.count)
    let order: [Frequency] = [.month, .quarter, .year]
    let most = counts.values.max() ?? 0
    return order.first { counts[$0] == most }
  }

  func unknownIndicator(_ code: String, option: String) -> String {
    let nearest = nearestName(to: code, among: input.catalogue.indicators.map(\.code))
    return "there is no indicator \(quoted(code))\n  fix: "
      + (nearest.map { "\(option) \($0)=…, if that is meant" } ?? "use a code of indicators.csv")
  }

  /// Rejected rows of all files.
  var rejected: [Diagnostic] {
    file.rejected + drivers.diagnostics.filter { $0.severity == .error }
  }

  var countLine: String {
    ([file.countLine]
      + drivers.sources.map {
        "\($0.name): \($0.rowsRead) rows read = \($0.rowsAccepted) accepted + "
          + "\($0.rowsRead - $0.rowsAccepted) rejected"
      }).joined(separator: "; ")
  }

  func description(command: String) -> RunDescription {
    let tables = reference.sources.map {
      InputFile(
        path: $0.name, sha256: $0.sha256, rowsRead: $0.rowsRead, rowsAccepted: $0.rowsRead,
        rowsRejected: 0)
    }
    let values = InputFile(
      path: file.name, sha256: file.sha256, rowsRead: file.rowsRead,
      rowsAccepted: file.rowsAccepted, rowsRejected: file.rejected.count)
    let own = drivers.sources.map {
      InputFile(
        path: $0.name, sha256: $0.sha256, rowsRead: $0.rowsRead, rowsAccepted: $0.rowsAccepted,
        rowsRejected: $0.rowsRead - $0.rowsAccepted)
    }
    return RunDescription(
      version: Version.number, command: command, origin: settings.origin, asOf: settings.asOf,
      seed: settings.seed, paths: settings.pathCount, inputs: [values] + tables + own,
      linearAlgebra: Backend.description, swiftVersion: Version.compiler,
      isSynthetic: settings.isSynthetic)
  }
}

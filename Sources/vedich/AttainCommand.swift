import ArgumentParser
import Attainment
import Foundation
import IndicatorStore
import Indicators
import Reports
import TimeSeries

/// The probability that anyone's series meet anyone's targets.
struct AttainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attain",
    abstract: "Say how probable it is that the series of a long CSV file meet targets.",
    discussion: """
      The targets are a CSV file with the columns comparator (>=, >, <=, <, =), value and deadline \
      (2026-12-31, 2026-12, 2026-Q4 or 2026), and, if there are several, indicator, unit and target_id. \
      A target without a unit is asked of every unit. The result has the columns of attainment.csv.

      Example:
        vedich attain coverage.csv --targets targets.csv --unit-column region
      """)

  @Argument(help: "A CSV file with a row for each value.", completion: .file())
  var file: String
  @Option(help: "A CSV file with a row for each target.", completion: .file())
  var targets: String
  @OptionGroup var columns: ObservationOptions
  @Option(help: "The smallest possible value.")
  var lower: Double?
  @Option(help: "The largest possible value.")
  var upper: Double?
  @Option(help: "The last period that may be used (default: the last one in the file).")
  var origin: String?
  @Option(help: "The seed of all random numbers.")
  var seed: UInt64 = 2026
  @Option(help: "Joint paths; an odd number.")
  var paths = 2001
  @Option(help: "How many tasks run at once; has no influence on any number.")
  var threads = ProcessInfo.processInfo.activeProcessorCount
  @Option(help: "Where rejected rows go.", completion: .file())
  var rejected: String?
  @Option(name: .shortAndLong, help: "Where the results go, - for standard output.")
  var output = "-"

  func validate() throws {
    guard paths >= 101, paths % 2 == 1 else {
      throw ValidationError("--paths must be an odd number of at least 101.")
    }
    guard !columns.steps else {
      throw ValidationError("Deadlines need calendar periods: attain does not take --steps.")
    }
    if let lower, let upper, lower >= upper {
      throw ValidationError("--lower must be below --upper.")
    }
    if let origin, Period(origin) == nil {
      throw ValidationError("--origin must be a period such as 2026-10, not \"\(origin)\".")
    }
  }

  func run() async throws {
    try await reportingFailures {
      let read = try ObservationReader(options: columns.reading)
        .read(contentsOf: URL(filePath: file))
      try noteRejected(read, to: rejected)
      let asked = try TargetFile(URL(filePath: targets))
      let observations = Vintages(read.observations).asOf(nil)
      guard
        let last = (origin.flatMap { Period($0) } ?? observations.map(\.period).max())?.lastMonth,
        let today = last.lastDay
      else { throw Failure(.badData, "\(read.name): no row can be used") }
      let catalogue = catalogue(of: observations, asked)
      let end = asked.rows.compactMap(\.target.deadline?.month).max() ?? last
      var settings = AssessmentSettings(
        origin: last, asOf: today, seed: seed, pathCount: paths, threads: threads,
        grid: ProjectionGrid(fineUntil: end, yearlyUntil: end), outsidePrior: .all)
      settings.plansAhead = false
      let result = await Assessment(
        input: AssessmentInput(catalogue: catalogue, observations: observations), settings: settings
      ).run()
      let rows = result.attainments.filter { asked.asks($0.target.id, of: $0.unit) }
      let table = Reports.CSVTable<TargetAttainment>.attainment(isSynthetic: false)
      try write(String(decoding: table.bytes(rows), as: UTF8.self), to: output)
      try reportUnanswered(rows, asked)
    }
  }

  /// Every code of the file as an indicator with the bounds given, every unit as one that is judged on its own.
  private func catalogue(of observations: [Observation], _ asked: TargetFile) -> Catalogue {
    let codes = Set(observations.map(\.indicator)).sorted()
    let indicators = codes.map { code in
      let downward = asked.rows.contains {
        $0.target.indicator == code
          && ($0.target.comparator == .atMost || $0.target.comparator == .lessThan)
      }
      return Indicator(
        code: code, kind: .stock, bounds: Bounds(lower: lower, upper: upper),
        direction: downward ? .down : .up)
    }
    let units = Set(observations.map(\.unit)).sorted().map {
      ReportingUnit(code: $0, nameVietnamese: $0, nameEnglish: $0, level: .province)
    }
    let only = codes.count == 1 ? codes[0] : nil
    let targets = asked.rows.map { row in
      var target = row.target
      if target.indicator.isEmpty, let only { target.indicator = only }
      return target
    }
    return Catalogue(indicators: indicators, targets: targets, units: units)
  }

  private func reportUnanswered(_ rows: [TargetAttainment], _ asked: TargetFile) throws {
    let answered = Set(rows.filter { $0.probability != nil }.map(\.target.id))
    let missing = asked.rows.map(\.target.id).filter { !answered.contains($0) }
    guard missing.isEmpty else {
      throw Failure(
        .incomplete,
        "no probability for \(missing.count) of \(asked.rows.count) targets: "
          + missing.prefix(20).joined(separator: ", "))
    }
  }
}

/// A file of targets for anyone's data.
private struct TargetFile {
  /// A target and the unit it is asked of; empty for every unit.
  struct Row {
    var target: Target
    var unit: String
  }

  private(set) var rows: [Row] = []

  init(_ url: URL) throws {
    let table = try IndicatorStore.CSVTable(contentsOf: url)
    let value = table.index(of: "value") == nil ? "value_low" : "value"
    let needed = try table.indices(of: [
      "comparator", table.index(of: value) == nil ? "value" : value, "deadline",
    ])
    var faults = table.rejected
    for row in table.rows {
      func cell(_ name: String) -> String { table.index(of: name).map { row.cells[$0] } ?? "" }
      let comparator = Comparator(rawValue: row.cells[needed[0]])
      guard let comparator, comparator.isQuantitative, comparator != .range else {
        faults.append(
          table.diagnostic(
            row: row, column: needed[0], found: "\"\(row.cells[needed[0]].prefix(40))\"",
            expected: ">=, >, <=, < or =", fix: "write how the value is compared with the target"))
        continue
      }
      guard let number = Double(row.cells[needed[1]]), number.isFinite else {
        faults.append(
          table.diagnostic(
            row: row, column: needed[1], found: "\"\(row.cells[needed[1]].prefix(40))\"",
            expected: "a number", fix: "write the target with a decimal point"))
        continue
      }
      guard let deadline = TargetFile.deadline(row.cells[needed[2]]) else {
        faults.append(
          table.diagnostic(
            row: row, column: needed[2], found: "\"\(row.cells[needed[2]].prefix(40))\"",
            expected: "a day or period such as 2026-12-31, 2026-12, 2026-Q4 or 2026",
            fix: "write the year first"))
        continue
      }
      let identifier = cell("target_id")
      rows.append(
        Row(
          target: Target(
            id: identifier.isEmpty ? "line \(row.line)" : identifier,
            indicator: cell("indicator"), comparator: comparator, value: number,
            deadline: deadline), unit: cell("unit")))
    }
    guard faults.isEmpty else { throw Failure(.badData, Failure.list(faults)) }
  }

  private static func deadline(_ text: String) -> Day? {
    if let day = Day(text) { return day }
    if case .period(let period) = PeriodSpelling(text) { return period.lastDay }
    return nil
  }

  func asks(_ identifier: String, of unit: String) -> Bool {
    rows.contains { $0.target.id == identifier && ($0.unit.isEmpty || $0.unit == unit) }
  }
}

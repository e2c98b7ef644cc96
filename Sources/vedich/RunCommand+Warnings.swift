import Attainment
import Foundation
import IndicatorStore
import Indicators
import TimeSeries

extension RunCommand {
  /// When last month's results were made, and what they said.
  private struct LastMonth {
    var origin: Period
    var asOf: Day
    var published: [EarlyWarnings.Key: Double] = [:]
  }

  /// Runs as of last month, then only what has fallen: as time passes, with revisions, with all.
  func earlyWarnings(
    _ result: AssessmentResult, input: AssessmentInput, settings: AssessmentSettings,
    file: ObservationFile
  ) async throws -> [EarlyWarning] {
    let last = try lastMonth(before: settings)
    let vintages = Vintages(file.observations)
    let limit = last.origin.lastMonthOrdinal
    let known = vintages.asOf(last.asOf).filter { $0.period.lastMonthOrdinal <= limit }
    var earlier = settings
    earlier.origin = last.origin
    earlier.asOf = last.asOf
    earlier.plansAhead = false
    var before = input
    before.observations = known
    before.revisions = revisions(vintages, asOf: last.asOf)
    before.taskReports = []
    let then = await attainments(before, earlier)
    let comparison = EarlyWarnings(then: then, published: last.published)
    let fallen = Set(comparison.fallen(now: result.attainments).map(\.indicator))
    guard !fallen.isEmpty else { return [] }

    var now = settings
    now.plansAhead = false
    before.observations = known.filter { fallen.contains($0.indicator) }
    let aged = await attainments(before, now)
    let keys = Set(before.observations.map(Self.key))
    var corrected = input
    corrected.observations = input.observations.filter { keys.contains(Self.key($0)) }
    let revised = await attainments(corrected, now)
    return comparison.rows(now: result.attainments, aged: aged, revised: revised)
  }

  private func attainments(
    _ input: AssessmentInput, _ settings: AssessmentSettings
  ) async -> [TargetAttainment] {
    await Assessment(input: input, settings: settings).run { code, index, count in
      Console.progress("\(settings.origin) \(index)/\(count) \(code)")
    }.attainments
  }

  private static func key(_ observation: Observation) -> String {
    "\(observation.indicator)|\(observation.unit)|\(observation.period)"
  }

  /// From the folder of last month's results or, without one, the month before the origin.
  private func lastMonth(before settings: AssessmentSettings) throws -> LastMonth {
    guard let previous else {
      let month = settings.origin.advanced(by: -1)
      let day = settings.asOf.month.advanced(by: -1)
      // The same day of the month before, or its last one.
      guard let end = day.lastDay, let begin = day.advanced(by: -1).lastDay else {
        throw Failure(.badData, "\(month) has no last day")
      }
      let here = settings.asOf.components.day
      let isLast = settings.asOf == settings.asOf.month.lastDay
      return LastMonth(
        origin: month,
        asOf: isLast ? end : Day(ordinal: min(end.ordinal, begin.ordinal + here)))
    }
    let folder = URL(filePath: previous)
    let run = folder.appending(path: "run.json")
    struct Description: Decodable {
      var origin: String
      var asOf: String

      enum CodingKeys: String, CodingKey {
        case origin
        case asOf = "as_of"
      }
    }
    let bytes = try FileBytes.read(run, name: "run.json")
    guard let read = try? JSONDecoder().decode(Description.self, from: Data(bytes)),
      let origin = Period(read.origin), origin.frequency == .month, let asOf = Day(read.asOf)
    else {
      throw Failure(
        .badData,
        "\(previous)/run.json: there is no origin or as_of\n"
          + "  fix: give --previous a folder that vedich run has written")
    }
    guard origin <= settings.origin, asOf <= settings.asOf else {
      throw Failure(
        .badData,
        "\(previous) was made as of \(asOf) with the origin \(origin), later than this run\n"
          + "  fix: give --previous the results of an earlier month")
    }
    return LastMonth(origin: origin, asOf: asOf, published: try published(in: folder))
  }

  private func published(in folder: URL) throws -> [EarlyWarnings.Key: Double] {
    let table = try IndicatorStore.CSVTable(contentsOf: folder.appending(path: "attainment.csv"))
    let columns = try table.indices(of: ["target_id", "unit", "probability"])
    var found: [EarlyWarnings.Key: Double] = [:]
    for row in table.rows {
      let key = EarlyWarnings.Key(
        targetID: row.cells[columns[0]], unit: row.cells[columns[1]])
      found[key] = Double(row.cells[columns[2]])
    }
    return found
  }
}

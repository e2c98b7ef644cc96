import DemoProvince
import Foundation
import Indicators
import TestSupport
import TimeSeries

/// The dataset of the bundled seed on the repository's own reference data.
enum Fixture {
  static let dataset = Result { DemoProvince.generate(seed: 2026, catalogue: try catalogue()) }

  static func catalogue() throws -> Catalogue {
    let indicators = try Table(seed: "indicators.csv").records.map { row in
      Indicator(
        code: row["indicator"] ?? "", kind: IndicatorKind(rawValue: row["kind"] ?? "") ?? .annual,
        bounds: Bounds(
          lower: Double(row["lower"] ?? ""), upper: Double(row["upper"] ?? "")),
        direction: Direction(rawValue: row["direction"] ?? "") ?? .up)
    }
    let targets = try Table(seed: "targets.csv").records.map { row in
      Target(
        id: row["target_id"] ?? "", indicator: row["indicator"] ?? "",
        comparator: Comparator(rawValue: row["comparator"] ?? "") ?? .heading,
        value: Double(row["value_low"] ?? ""), deadline: Day(row["deadline"] ?? ""),
        denominator: row["denominator"] ?? "")
    }
    let tasks = try Table(seed: "tasks.csv").records.map { row in
      PlanTask(
        id: row["task_id"] ?? "",
        leads: (row["lead"] ?? "").split(separator: ";").map(String.init),
        deadline: Day(row["deadline"] ?? ""),
        recurrence: Recurrence(rawValue: row["recurrence"] ?? "") ?? .once,
        isMarkedDone: row["state_printed"] != "", isLeaf: row["leaf"] == "1",
        start: Day(row["start"] ?? ""))
    }
    return Catalogue(indicators: indicators, targets: targets, tasks: tasks)
  }

  static func text(_ name: String) throws -> String {
    guard let text = try dataset.get().contents(of: name) else {
      throw CocoaError(.fileNoSuchFile)
    }
    return text
  }

  static func table(_ name: String) throws -> Table { Table(try text(name)) }

  /// `observations.csv`, parsed once.
  static let observations = Result { try rows() }

  private static func rows() throws -> [Row] {
    try table("observations.csv").records.map(Row.init)
  }

  /// One row of `observations.csv`.
  struct Row: Sendable {
    let indicator: String
    let unit: String
    let period: String
    let value: Double
    let numerator: Double?
    let denominator: Double?
    let status: String
    let reportedAt: String
    let source: String
    let note: String

    init(_ row: [String: String]) {
      indicator = row["indicator"] ?? ""
      unit = row["unit"] ?? ""
      period = row["period"] ?? ""
      value = Double(row["value"] ?? "") ?? .nan
      numerator = Double(row["numerator"] ?? "")
      denominator = Double(row["denominator"] ?? "")
      status = row["status"] ?? ""
      reportedAt = row["reported_at"] ?? ""
      source = row["source"] ?? ""
      note = row["note"] ?? ""
    }

    var isCommune: Bool { unit.count == 4 && unit.hasPrefix("M") }
    var key: String { "\(indicator)|\(unit)|\(period)" }
  }
}

import Foundation
import Testing
import TimeSeries

@testable import Forecasting

/// The series of Reference/classic, and tables of what other programs say of them.
enum ClassicReference {
  /// One number of a table: its key columns, joined by spaces, and its last columns.
  struct Row: Sendable {
    var series: String
    var season: Int
    var model: String
    var rest: [String]

    func number(_ place: Int) throws -> Double { try #require(Double(rest[place])) }
  }

  static func lines(_ path: String) throws -> [[String]] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Reference/" + path)
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  static func values(_ series: String) throws -> [Double] {
    try lines("classic/\(series).csv").map { try #require(Double($0[1])) }
  }

  /// Rows with the columns series, season, model and others.
  static func rows(_ path: String) throws -> [Row] {
    try lines(path).map { cells in
      try #require(cells.count > 3)
      return Row(
        series: cells[0], season: try #require(Int(cells[1])), model: cells[2],
        rest: Array(cells.dropFirst(3)))
    }
  }

  /// The series as yearly data, so that only the season that is asked for counts.
  static func data(_ series: String) throws -> TrainingData {
    TrainingData(series: Series(start: Period(year: 1), values: try values(series)))
  }
}

import Foundation
import Testing
import TimeSeries

/// Small public series from Reference/classic, whose README.txt names their sources.
enum ClassicSeries {
  /// All of them, in the order of the list there.
  static let names = [
    "AirPassengers", "USAccDeaths", "Nile", "lynx", "LakeHuron", "UKgas", "WWWusage", "nottem",
    "co2", "JohnsonJohnson", "sunspot.year", "austres", "ldeaths", "UKDriverDeaths",
  ]

  /// Reads one: months, quarters and years by their calendar, plain numbers as an index.
  static func load(_ name: String) throws -> Series {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/classic/\(name).csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    try #require(lines.first == "period,value", "\(name).csv has another header")
    let observations = try lines.dropFirst().map { line in
      let cells = line.split(separator: ",").map(String.init)
      try #require(cells.count == 2, "\(name).csv: \(line)")
      let index = cells[0].count < 4 ? Int(cells[0]).map { Period(.index, ordinal: $0) } : nil
      let period = try #require(index ?? Period(cells[0]), "\(name).csv: \(line)")
      return (period: period, value: try #require(Double(cells[1]), "\(name).csv: \(line)"))
    }
    return try #require(Series(observations: observations), "\(name).csv is not one series")
  }
}

@Suite struct ClassicSeriesTests {
  /// First and last values as printed by R 4.2.2; every period has its value.
  @Test(arguments: [
    ("AirPassengers", 144, 112.0, 432.0), ("USAccDeaths", 72, 9007, 9240),
    ("Nile", 100, 1120, 740), ("lynx", 114, 269, 3396), ("LakeHuron", 98, 580.38, 579.96),
    ("UKgas", 108, 160.1, 782.8), ("WWWusage", 100, 88, 220), ("nottem", 240, 40.6, 37.8),
    ("co2", 120, 350.25, 364.34), ("JohnsonJohnson", 84, 0.71, 11.61),
    ("sunspot.year", 289, 5, 100.2), ("austres", 89, 13067.3, 17661.5),
    ("ldeaths", 72, 3035, 1915), ("UKDriverDeaths", 192, 1687, 1763),
  ])
  func seriesAreWhole(name: String, count: Int, first: Double, last: Double) throws {
    let series = try ClassicSeries.load(name)
    #expect(series.values.count == count && !series.values.contains(where: \.isNaN))
    #expect(series.values.first == first && series.values.last == last)
    #expect(ClassicSeries.names.contains(name))
  }
}

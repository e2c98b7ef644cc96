import ArgumentParser
import Foundation
import IndicatorStore

/// How a file of observations is written: shared by the commands that read one.
struct ObservationOptions: ParsableArguments {
  @Option(help: "The column of indicator codes; without it the file is about one thing.")
  var indicatorColumn: String?
  @Option(help: "The column of unit codes; without it the file is about one unit.")
  var unitColumn: String?
  @Option(help: "The column of periods.")
  var periodColumn = "period"
  @Option(help: "The column of values.")
  var valueColumn = "value"
  @Option(help: "The decimal sign, comma or point, where the file itself does not show it.")
  var decimal: DecimalSign?
  @Flag(help: "Periods are whole numbers that count steps.")
  var steps = false

  /// The reader's options for a file with these columns.
  var reading: ReadingOptions {
    ReadingOptions(
      columns: ColumnNames(
        indicator: indicatorColumn, unit: unitColumn, period: periodColumn, value: valueColumn),
      decimalComma: decimal.map { $0 == .comma }, periodsAreSteps: steps,
      warnsOfUnusedColumns: false)
  }
  /// Reads a file of series; periods that are whole numbers without a calendar throughout count steps, and a note says so.
  func readSeries(_ file: String) throws -> ObservationFile {
    let url = URL(filePath: file)
    let read = try ObservationReader(options: reading).read(contentsOf: url)
    guard !steps, read.rowsAccepted == 0, !read.rejected.isEmpty else { return read }
    var counting = reading
    counting.periodsAreSteps = true
    let counted = try ObservationReader(options: counting).read(contentsOf: url)
    guard counted.rejected.isEmpty else { return read }
    Console.note("\(read.name): periods are whole numbers, read as steps (--steps says so at once)")
    return counted
  }

  /// The columns when no option names one.
  static let unnamed = ColumnNames(indicator: nil, unit: nil)
}

extension ObservationFile {
  /// `observations.csv: 5 rows read = 3 accepted + 2 rejected`.
  var countLine: String {
    "\(name): \(rowsRead) \(rowsRead == 1 ? "row" : "rows") read = \(rowsAccepted) accepted + "
      + "\(rejected.count) rejected"
  }
}

/// How numbers are written in a file.
enum DecimalSign: String, ExpressibleByArgument, CaseIterable {
  /// 1.234,5
  case comma
  /// 1,234.5
  case point
}

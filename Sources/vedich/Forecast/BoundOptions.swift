import ArgumentParser
import Forecasting
import Foundation
import IndicatorStore

/// The bounds of values: shared by the commands that forecast anyone's series.
struct BoundOptions: ParsableArguments {
  @Option(help: "The smallest possible value.")
  var lower: Double?
  @Option(help: "The largest possible value.")
  var upper: Double?
  @Option(help: "A file of indicators that gives each one's bounds.", completion: .file())
  var indicators: String?

  func validate() throws {
    if let lower, let upper, lower >= upper {
      throw ValidationError("--lower must be below --upper.")
    }
  }

  /// Where the file of indicators says nothing.
  var range: ValueRange { ValueRange(lower: lower, upper: upper) }

  /// The bounds of each indicator of the file.
  func table() throws -> [String: ValueRange] {
    guard let indicators else { return [:] }
    let table = try IndicatorStore.CSVTable(contentsOf: URL(filePath: indicators))
    let needed = try table.indices(of: ["indicator", "lower", "upper"])
    var result: [String: ValueRange] = [:]
    for row in table.rows {
      result[row.cells[needed[0]]] = ValueRange(
        lower: Double(row.cells[needed[1]]), upper: Double(row.cells[needed[2]]))
    }
    return result
  }
}

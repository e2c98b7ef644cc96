import Foundation
import IndicatorStore
import Regression

extension DataTable {
  /// What stands in a cell whose value is not known.
  private static let missing: Set<String> = ["", "NA", "N/A", "NaN", "nan", "null", "."]

  /// Reads a CSV file: a column whose cells are all numbers (or missing) is one of numbers.
  ///
  /// - Throws: ``FileFault`` when the file cannot be read or a row has a wrong form.
  init(contentsOf url: URL) throws {
    let file = try IndicatorStore.CSVTable(contentsOf: url)
    guard file.rejected.isEmpty else { throw Failure(.badData, Failure.list(file.rejected)) }
    guard !file.rows.isEmpty else { throw Failure(.badData, "\(file.name): there are no rows") }
    let columns = file.header.enumerated().map { index, name in
      (name: name, values: Self.column(file.rows.map { $0.cells[index] }))
    }
    self.init(columns, lines: file.rows.map(\.line))
  }

  private static func column(_ cells: [String]) -> Column {
    var numbers: [Double] = []
    numbers.reserveCapacity(cells.count)
    for cell in cells {
      if missing.contains(cell) {
        numbers.append(.nan)
      } else if let number = Double(cell), !cell.lowercased().hasPrefix("0x") {
        numbers.append(number)
      } else {
        return .text(cells.map { missing.contains($0) ? "" : $0 })
      }
    }
    return .numbers(numbers)
  }
}

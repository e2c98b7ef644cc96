import Foundation
import Regression
import TestSupport
import Testing

/// The committed numbers of R and other packages with which the estimators are compared.
///
/// `VEDICH_ACCEPT_GOLDEN=1` writes our numbers and the differences into the table.
struct AgreementTable {
  struct Row {
    let cells: [String]
    var estimator: String { cells[0] }
    var dataset: String { cells[1] }
    var formula: String { cells[2] }
    var options: String { cells[3] }
    var quantity: String { cells[4] }
    var value: Double { Double(cells[5]) ?? .nan }
    var model: [String] { Array(cells[0..<4]) }
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Reference")

  let header: [String]
  let rows: [Row]

  init(_ name: String = "agreement.csv") throws {
    let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map(Self.cells)
    header = try #require(lines.first)
    rows = lines.dropFirst().map { Row(cells: $0) }
  }

  /// The rows of each model, in the order of the table.
  var models: [[Row]] {
    var result: [[Row]] = []
    for row in rows {
      if let last = result.last?.last, last.model == row.model {
        result[result.count - 1].append(row)
      } else {
        result.append([row])
      }
    }
    return result
  }

  static func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == "," && !isQuoted {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells
  }

  /// A data set of the table.
  static func data(_ name: String) throws -> DataTable {
    let url = folder.appending(path: "data/\(name).csv")
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
      .map(cells)
    let header = try #require(lines.first)
    let rows = lines.dropFirst()
    return DataTable(
      header.indices.map { k in
        let cells = rows.map { $0[k] }
        let numbers = cells.compactMap { Double($0) }
        return (header[k], numbers.count == cells.count ? .numbers(numbers) : .text(cells))
      })
  }

  /// Writes our numbers beside those of the table, when they are to be accepted.
  static func accept(_ name: String, _ ours: [[String]: Double]) throws {
    guard ProcessInfo.processInfo.environment["VEDICH_ACCEPT_GOLDEN"] == "1" else { return }
    let table = try AgreementTable(name)
    var text = table.header.joined(separator: ",") + "\n"
    for row in table.rows {
      var cells = row.cells
      if let value = ours[Array(cells[0..<5])] {
        let difference = abs(value - row.value) / max(abs(row.value), .leastNormalMagnitude)
        cells[9] = "\(value)"
        cells[10] = String(format: "%.1e", difference)
      }
      text += cells.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",") + "\n"
    }
    try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
  }
}

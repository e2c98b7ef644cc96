import Foundation

/// One line of `results.csv`.
struct SavedResult {
  let name: String
  let median: Double
  let unit: String
  let machine: String
  let swift: String
}

/// The results that later ones are compared with.
enum Results {
  static let header = "case,median,unit,machine,swift"

  /// `Benchmarks/results.csv` of the source tree.
  static var file: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "results.csv")
  }

  /// The saved results by name, none where the file is missing.
  ///
  /// No field holds a comma or a quote.
  static func read() -> [String: SavedResult] {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [:] }
    var results: [String: SavedResult] = [:]
    for line in text.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 5, let median = Double(cells[1]) else { continue }
      results[cells[0]] = SavedResult(
        name: cells[0], median: median, unit: cells[2], machine: cells[3], swift: cells[4])
    }
    return results
  }

  static func write(_ results: [SavedResult]) throws {
    let lines = results.map {
      "\($0.name),\(rounded($0.median)),\($0.unit),\($0.machine),\($0.swift)"
    }
    let text = ([header] + lines).joined(separator: "\n") + "\n"
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  /// Three significant digits: more would be noise.
  static func rounded(_ value: Double) -> String { String(format: "%.3g", value) }

  /// The compiler, told by what it accepts.
  static var swift: String {
    #if compiler(>=6.4)
    "6.4 or later"
    #elseif compiler(>=6.3)
    "6.3"
    #else
    "6.2"
    #endif
  }
}

public import Foundation
public import Indicators
import TimeSeries
import Yams

/// Reads `scenarios.yaml`: a mapping with the key `scenarios`, a list of named scenarios.
///
/// The file is read whole or refused whole: half a scenario would answer another question. Faults carry line
/// and column.
public struct ScenarioReader: Sendable {
  /// Indicators, units and targets that may be named; `nil` for any.
  public var catalogue: Catalogue?
  /// Drivers that may be named besides indicators; `nil` for any.
  public var drivers: [String]?

  /// Creates a reader.
  public init(catalogue: Catalogue? = nil, drivers: [String]? = nil) {
    self.catalogue = catalogue
    self.drivers = drivers
  }

  /// Reads a file.
  ///
  /// - Throws: ``FileFault`` with every fault found.
  public func read(contentsOf url: URL) throws(FileFault) -> [Scenario] {
    let name = url.lastPathComponent
    let bytes = try FileBytes.read(url, name: name)
    return try read(String(decoding: bytes, as: UTF8.self), name: name)
  }

  /// Reads the text of a file.
  public func read(_ text: String, name: String) throws(FileFault) -> [Scenario] {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw FileFault(.badData, [syntax(error, name)])
    }
    var parser = ScenarioParser(file: name, catalogue: catalogue, drivers: drivers)
    let scenarios = parser.scenarios(root)
    guard parser.diagnostics.isEmpty else { throw FileFault(.badData, parser.diagnostics) }
    return scenarios
  }

  private func syntax(_ error: any Error, _ name: String) -> Diagnostic {
    var line = 0
    var column = 0
    var found = "text that is not YAML"
    if let error = error as? YamlError {
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        (line, column) = (mark.line, mark.column)
        found = "text that is not YAML (\(problem))"
      case .duplicatedKeysInMapping(let keys, _):
        found = "a key twice: \(keys.map { "\($0)" }.joined(separator: ", "))"
      default: break
      }
    }
    return Diagnostic(
      file: name, line: line, column: column, found: found,
      expected: "a list of scenarios in YAML",
      fix: "compare with the sample in datasets/demo/scenarios.yaml")
  }
}

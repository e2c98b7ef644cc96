import Forecasting
import Foundation
import TestSupport
import Testing
import TimeSeries

@Suite("Examples in the documents")
struct ReadmeTests {
  /// A command as it stands in a document.
  struct Example: CustomTestStringConvertible, Sendable {
    let document: String
    let words: [String]

    var testDescription: String { "\(document): \(words.joined(separator: " "))" }

    /// Whether it can run here: on files of the repository, in a second or so.
    var isRunnable: Bool {
      let isLong = words.contains("datasets/demo")
      return !isLong && !words.contains { $0.contains("$") || $0 == "--help" }
    }
  }

  static let documents = [
    "README.md", "docs/own-data.md", "docs/probability.md", "docs/files.md", "docs/regression.md",
    "docs/sensitivity.md",
  ]

  /// Every line of a `sh` block that begins with `vedich`, a line ending in `\` being joined with the next.
  static func examples(_ document: String) throws -> [Example] {
    let text = try String(
      contentsOf: Files.repository.appending(path: document), encoding: .utf8)
    return text.components(separatedBy: "```sh\n").dropFirst().flatMap { block in
      (block.components(separatedBy: "```").first ?? "")
        .replacing("\\\n", with: " ").split(separator: "\n")
        .filter { $0.hasPrefix("vedich ") }
        .map { line in
          let command = line.split(separator: " #")[0]
          return Example(
            document: document,
            words: command.matches(of: #/"[^"]*"|\S+/#)
              .map { String($0.output).replacing("\"", with: "") })
        }
    }
  }

  @Test("every command of a document does what the document says it does", arguments: documents)
  func commands(document: String) async throws {
    for example in try Self.examples(document) where example.isRunnable {
      let status = try await withFolder { folder in
        var arguments = Array(example.words.dropFirst())
        for option in ["--output", "--notebook", "--rejected"] {
          guard let place = arguments.firstIndex(of: option) else { continue }
          let name = arguments[place + 1].replacing("/", with: "-")
          arguments[place + 1] = folder.appending(path: name).path
        }
        return try await Program.run(arguments, in: Files.repository).status
      }
      #expect(status == 0, "\(example.testDescription)")
    }
  }

  @Test("the Swift example of the README compiles and forecasts")
  func library() throws {
    // README begin
    let sales = Series(start: Period(year: 2017), values: [41, 44, 46, 51, 53, 58, 60, 64, 67])
    let data = TrainingData(series: sales, range: ValueRange(lower: 0, upper: 100))
    let fitted = try DefaultForecaster().fit(data)
    let forecast = fitted.forecast(FutureData(horizon: 5))
    let last = forecast.marginals[4]  // 2030
    print(last.quantile(0.1), last.quantile(0.9), last.probability(atLeast: 80))
    // README end
    #expect(last.quantile(0.1) < 80 && last.quantile(0.9) <= 100)
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let lines = source.components(separatedBy: "// README begin\n")[1]
      .components(separatedBy: "    // README end")[0]
      .split(separator: "\n").map { $0.dropFirst(4) }
    let readme = try String(
      contentsOf: Files.repository.appending(path: "README.md"), encoding: .utf8)
    #expect(readme.contains(lines.joined(separator: "\n")))
  }

  @Test("no document names a folder of somebody's machine")
  func paths() throws {
    for document in Self.documents + ["CONTRIBUTING.md", "CHANGELOG.md"] {
      let text = try String(
        contentsOf: Files.repository.appending(path: document), encoding: .utf8)
      #expect(!text.contains(#/(^|[\s`("'])/(home|root|tmp|opt|Users)\b/#), "\(document)")
    }
  }
}

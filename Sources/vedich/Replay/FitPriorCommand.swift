import ArgumentParser
import Attainment
import Foundation
import IndicatorStore
import Reports

/// Learns the outside view's coefficients anew and writes them as a Swift source.
struct FitPriorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit-prior",
    abstract: "Learn the outside view's coefficients from answered questions.",
    discussion: """
      Reads history.csv, series.csv and cases.csv (with a column attained) of a folder and writes every \
      coefficient set that `vedich replay --prior` can name. No observation is written, only the numbers \
      of regressions.

      Example:
        vedich fit-prior --questions attainment --output Sources/Attainment/OutsideView/Coefficients.swift
      """, shouldDisplay: false)

  @Option(help: "A folder with history.csv, series.csv and cases.csv.", completion: .directory)
  var questions: String
  @Option(help: "How many tasks run at once; has no influence on any number.")
  var threads = 2
  @Option(help: "Write what the regressions read, one row a question, to this file.")
  var features: String?
  @Option(name: .shortAndLong, help: "Where the source goes, - for standard output.")
  var output = "-"

  func run() async throws {
    try await reportingFailures {
      let folder = URL(filePath: questions)
      let descriptions = try ReplayFiles.descriptions(folder.appending(path: "series.csv"))
      let past = try ReplayFiles.series(
        folder.appending(path: "history.csv"), descriptions: descriptions)
      let cases = folder.appending(path: "cases.csv")
      let asked = try ReplayFiles.questions(cases)
      let fitting = await PriorFitting(
        Replay(series: past), questions: asked, attained: try ReplayFiles.outcomes(cases),
        threads: threads)
      if let features { try write(FitPriorCommand.table(fitting), to: features) }
      guard let sets = fitting.sets() else {
        throw Failure(.badData, "too few answered questions to learn from")
      }
      try write(FitPriorCommand.source(sets), to: output)
    }
  }

  /// What the regressions read.
  static func table(_ fitting: PriorFitting) -> String {
    var text =
      (["case_id", "panel", "cutoff", "deadline", "attained"] + PriorFitting.columnNames)
      .joined(separator: ",") + "\n"
    for row in fitting.rows + fitting.pseudo {
      let cells = row.values.map { "\($0)" }
      text += "\(row.question),\(row.key),\(row.cutoff),\(row.deadline),\(row.attained ? 1 : 0),"
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }

  /// The coefficient sets as a Swift source.
  static func source(_ sets: PriorFitting.Sets) -> String {
    """
    // swift-format-ignore-file
    // Written by `vedich fit-prior`; do not edit. Data and licences: docs/outside-view.md.

    extension LearnedCoefficients {
      static let all = MonotoneMap(\(list(sets.all)))

      static let withoutSource: [(name: String, map: MonotoneMap)] = [
    \(entries(sets.withoutSource.map { ("\"\($0.name)\"", $0.numbers) }))
      ]

      static let withoutPanel: [(name: String, map: MonotoneMap)] = [
    \(entries(sets.withoutPanel.map { ("\"\($0.name)\"", $0.numbers) }))
      ]

      /// By the last month of the cutoff, ascending.
      static let before: [(month: Int, map: MonotoneMap)] = [
    \(entries(sets.before.map { ("\($0.month)", $0.numbers) }))
      ]
    }

    """
  }

  private static func entries(_ sets: [(key: String, numbers: [Double])]) -> String {
    sets.map { "    (\($0.key), MonotoneMap(\(list($0.numbers))))," }.joined(separator: "\n")
  }

  /// Seven decimals: more than the data can tell.
  private static func list(_ numbers: [Double]) -> String {
    "[" + numbers.map { String(format: "%.7g", $0) }.joined(separator: ", ") + "]"
  }
}

import ArgumentParser
import Attainment
import Foundation
import IndicatorStore
import Reports

/// Answers past questions with what was known at their cutoff.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Answer past questions as they would have been answered then.",
    discussion: """
      Each case is answered from observations dated up to its cutoff: its own series and the other \
      series of its panel. Outcome columns, if the file has them, are not read.

      Example:
        vedich replay --history history.csv --cases cases.csv --output answers.csv
      """)

  @Option(help: "Observations: series_id, period, value.", completion: .file())
  var history: String
  @Option(
    help: "Questions: case_id, series_id, cutoff, target, target_period, comparator.",
    completion: .file())
  var cases: String
  @Option(
    help:
      "Bounds and panels: series_id, panel, indicator, freq, upper, direction (default: beside the history).",
    completion: .file())
  var series: String?
  @Option(
    help: ArgumentHelp(
      "Whose answers taught the outside view: all, without:SOURCE, without-panel:PANEL or before.",
      discussion: """
        SOURCE is a panel's name up to its first _; before takes, for each cutoff, what had been \
        answered by then. Unknown names use all.
        """))
  var prior = "all"
  @Option(help: "Whose probability is written: combined, inside or combination (simple models).")
  var view = ReplayView.combined
  @Option(help: "How many tasks run at once; has no influence on any number.")
  var threads = 2
  @Option(name: .shortAndLong, help: "Where the answers go, - for standard output.")
  var output = "-"

  func validate() throws {
    guard LearnedPrior(prior) != nil else {
      throw ValidationError(
        "--prior is \"\(prior)\", expected all, without:SOURCE, without-panel:PANEL or before")
    }
  }

  func run() async throws {
    try await reportingFailures {
      let historyFile = URL(filePath: history)
      let beside = historyFile.deletingLastPathComponent().appending(path: "series.csv")
      let described =
        series.map { URL(filePath: $0) }
        ?? (FileManager.default.fileExists(atPath: beside.path) ? beside : nil)
      let descriptions = try described.map(ReplayFiles.descriptions) ?? [:]
      let past = try ReplayFiles.series(historyFile, descriptions: descriptions)
      let questions = try ReplayFiles.questions(URL(filePath: cases))
      var settings = ReplaySettings()
      settings.view = view.view
      settings.prior = LearnedPrior(prior) ?? .all
      let answers = await Replay(series: past, settings: settings).answer(
        questions, threads: threads)
      var lines = "case_id,probability\n"
      var unanswered = 0
      for (question, answer) in zip(questions, answers) {
        guard let answer else {
          unanswered += 1
          continue
        }
        lines += "\(question.id),\(NumberFormat.probability.text(answer))\n"
      }
      try write(lines, to: output)
      if unanswered > 0 {
        throw Failure(
          .incomplete,
          "\(unanswered) of \(questions.count) cases have no value up to their cutoff and no answer"
        )
      }
    }
  }
}

/// Whose probability `vedich replay` writes.
enum ReplayView: String, CaseIterable, ExpressibleByArgument {
  case combined, inside, combination

  /// The library's word for it.
  var view: ReplaySettings.View {
    switch self {
    case .combined: .combined
    case .inside: .inside
    case .combination: .combination
    }
  }
}

/// Writes a text to a file, whole or not at all, or to standard output.
func write(_ text: String, to path: String) throws {
  if path == "-" {
    try Console.write(text)
    return
  }
  do {
    let there = try? FileManager.default.attributesOfItem(atPath: path)
    let kind = there?[.type] as? FileAttributeType
    // A device or a pipe is written to; it must never be replaced by a file.
    let isFile = kind == nil || kind == .typeRegular
    try Data(text.utf8).write(to: URL(filePath: path), options: isFile ? .atomic : [])
  } catch {
    throw Failure(OutputError(writing: path, error))
  }
}

import ArgumentParser
import Attainment
import Foundation
import IndicatorStore
import Indicators
import Reports
import TimeSeries

/// Named scenarios.
struct ScenarioCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario",
    abstract: "Compare what-if scenarios with the baseline.",
    discussion: """
      Example:
        vedich scenario compare --workspace datasets/demo --output scenarios
      """,
    subcommands: [ScenarioCompareCommand.self])
}

/// Every scenario of a file beside the baseline.
struct ScenarioCompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare the scenarios of a file with the baseline.",
    discussion: """
      A scenario holds paths of drivers (levels, ramps, one-off steps), of pace (factor, catch-up, \
      freeze), ceilings and interventions in single units; docs/sensitivity.md describes the file. \
      Baseline and scenarios share all random numbers, so that differences are not noise.

      Example:
        vedich scenario compare --workspace datasets/demo --output scenarios
      """)

  @OptionGroup var place: WhatIfOptions
  @Option(help: "The file (default: scenarios.yaml of the workspace).", completion: .file())
  var scenarios: String?

  func run() async throws {
    try await reportingFailures {
      let workspace = try WhatIfWorkspace(place)
      let file =
        scenarios.map { URL(filePath: $0) }
        ?? URL(filePath: place.workspace).appending(path: "scenarios.yaml")
      let read = try ScenarioReader(
        catalogue: workspace.input.catalogue, drivers: workspace.drivers.drivers.drivers
      ).read(contentsOf: file)
      let questions = try read.map { try question($0, workspace, file: file.lastPathComponent) }
      let result = await ScenarioRun(
        input: workspace.input, settings: workspace.settings, questions: questions
      ).run { code, index, count in
        Console.progress("\(index)/\(count) \(code)")
      }
      Console.endProgress()
      let wording = Wording(place.language)
      try write(result, workspace, wording)
      Console.note(workspace.countLine + "; results in \(place.output)")
      try Console.write(
        ScenarioSummary(
          result: result, catalogue: workspace.input.catalogue,
          isSynthetic: workspace.settings.isSynthetic
        ).text(wording, width: Terminal.width))
    }
  }

  private func question(
    _ scenario: Scenario, _ workspace: WhatIfWorkspace, file: String
  ) throws -> ScenarioQuestion {
    var baselines: [DriverBaseline] = []
    var assumptions: [[EffectAssumption]] = []
    for decision in scenario.drivers {
      baselines.append(
        try workspace.baseline(
          decision.driver, denominator: decision.denominator, stage: decision.stage))
      guard !decision.elasticity.isEmpty else {
        assumptions.append([])
        continue
      }
      let author = decision.assumedBy.isEmpty ? "người dùng" : decision.assumedBy
      guard let assumption = EffectAssumption(decision.elasticity, author: author) else {
        throw Failure(
          .badData,
          "\(file): scenario \(quoted(scenario.name)): the elasticity \(quoted(decision.elasticity))"
            + "\n  fix: write a number, LOW:HIGH or MEAN~DEVIATION")
      }
      assumptions.append([assumption])
    }
    return ScenarioQuestion(scenario: scenario, baselines: baselines, assumptions: assumptions)
  }

  private func write(
    _ result: ScenarioResult, _ workspace: WhatIfWorkspace, _ wording: Wording
  ) throws {
    let synthetic = workspace.settings.isSynthetic
    var folder = try OutputFolder(URL(filePath: place.output))
    do {
      try folder.write(.scenarios(isSynthetic: synthetic, wording: wording), result.rows)
      try folder.write(.scenarioCounts(isSynthetic: synthetic), result.counts)
      try folder.write(.rejected(isSynthetic: synthetic), workspace.rejected)
      try folder.finish(workspace.description(command: "scenario compare"))
    } catch {
      folder.discard()
      throw error
    }
  }
}

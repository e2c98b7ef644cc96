import ArgumentParser
import Attainment
import Foundation
import IndicatorStore
import Indicators
import LinearAlgebra
import Reports
import TimeSeries

/// What a driver, the budget share by default, does to every target.
struct SensitivityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensitivity",
    abstract: "Say what another budget share would do to every target.",
    discussion: """
      Reads drivers.csv (driver, unit, period, value, denominator, stage) and budget.csv (year, unit, \
      grdp, budget_spending) of the workspace; any indicator may also serve as driver. Where the data \
      cannot tell an effect, only an elasticity that you assume gives one: a number, LOW:HIGH or \
      MEAN~DEVIATION, for all such indicators or as INDICATOR=0.2 for one.

      Example:
        vedich sensitivity --workspace datasets/demo --origin 2026-10 --output sensitivity
      """)

  @OptionGroup var place: WhatIfOptions
  @Option(help: "The driver: a code of drivers.csv or of an indicator.")
  var driver = "st_budget_share"
  @Option(help: "What the driver is a share of (default: each denominator in turn).")
  var denominator: String?
  @Option(help: "The stage of its past: planned, disbursed or settled.")
  var stage: DriverStage?
  @Option(help: "The shares, LOW:HIGH:STEP (default: up to 4 % of budget spending, 2.5 % of GRDP).")
  var grid: String?
  @Option(help: "An assumed elasticity; may be repeated.")
  var elasticity: [String] = []
  @Option(help: "Who assumes it.")
  var assumedBy = "người dùng"
  @Option(help: "The first month at the new share (default: the month after the origin).")
  var from: String?

  func validate() throws {
    if let grid, ShareGrid(grid) == nil {
      throw ValidationError(
        "--grid must be LOW:HIGH:STEP with 2 to 200 shares, such as 0.5:4:0.25, not \"\(grid)\".")
    }
    for text in elasticity where EffectAssumption(text, author: assumedBy) == nil {
      throw ValidationError(
        "--elasticity must be a number, LOW:HIGH or MEAN~DEVIATION, with INDICATOR= before it for "
          + "one indicator, not \"\(text)\".")
    }
    if let from, Period(from)?.frequency != .month {
      throw ValidationError("--from must be a month such as 2027-01, not \"\(from)\".")
    }
  }

  func run() async throws {
    try await reportingFailures {
      let workspace = try WhatIfWorkspace(place)
      for code in elasticity.compactMap({ EffectAssumption($0, author: assumedBy)?.indicator })
      where workspace.input.catalogue.indicator(code) == nil {
        throw Failure(.usage, workspace.unknownIndicator(code, option: "--elasticity"))
      }
      let questions = try questions(workspace)
      var result = SensitivityResult()
      var texts: [String] = []
      let wording = Wording(place.language)
      for question in questions {
        let part = await SensitivityRun(
          input: workspace.input, settings: workspace.settings, question: question
        ).run { code, index, count in
          Console.progress("\(index)/\(count) \(code)")
        }
        Console.endProgress()
        result.effects += part.effects
        result.rows += part.rows
        result.breakEvens += part.breakEvens
        result.portfolio += part.portfolio
        result.tornado += part.tornado
        texts.append(
          SensitivitySummary(
            result: part, question: question, catalogue: workspace.input.catalogue,
            isSynthetic: workspace.settings.isSynthetic
          ).text(wording, width: Terminal.width))
      }
      try write(result, workspace, wording)
      Console.note(workspace.countLine + "; results in \(place.output)")
      try Console.write(texts.joined(separator: "\n"))
    }
  }

  private func questions(_ workspace: WhatIfWorkspace) throws -> [SensitivityQuestion] {
    let denominators =
      denominator.map { [DriverDenominator($0)] }
      ?? workspace.denominators(of: driver)
    return try denominators.map { denominator in
      let baseline = try workspace.baseline(driver, denominator: denominator, stage: stage)
      let present = baseline.present(baseline.province) ?? 0
      return SensitivityQuestion(
        baseline: baseline,
        grid: grid.flatMap { ShareGrid($0) }
          ?? ShareGrid(
            present: present, denominator: baseline.driver.denominator,
            upper: workspace.input.catalogue.indicator(driver)?.bounds.upper),
        decision: from.flatMap { Period($0) } ?? workspace.settings.origin.advanced(by: 1),
        budget: workspace.drivers.budget,
        assumptions: elasticity.compactMap { EffectAssumption($0, author: assumedBy) })
    }
  }

  private func write(
    _ result: SensitivityResult, _ workspace: WhatIfWorkspace, _ wording: Wording
  ) throws {
    let synthetic = workspace.settings.isSynthetic
    var folder = try OutputFolder(URL(filePath: place.output))
    do {
      try folder.write(.effects(isSynthetic: synthetic, wording: wording), result.effects)
      try folder.write(.sensitivity(isSynthetic: synthetic, wording: wording), result.rows)
      try folder.write(.breakEven(isSynthetic: synthetic, wording: wording), result.breakEvens)
      try folder.write(.portfolio(isSynthetic: synthetic, wording: wording), result.portfolio)
      try folder.write(.tornado(isSynthetic: synthetic, wording: wording), result.tornado)
      try folder.write(.rejected(isSynthetic: synthetic), workspace.rejected)
      try folder.finish(workspace.description(command: "sensitivity"))
    } catch {
      folder.discard()
      throw error
    }
  }
}

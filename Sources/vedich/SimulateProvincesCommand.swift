import ArgumentParser
import Attainment
import Foundation
import Reports

/// Checks the engine on made-up provinces whose future is known; for those who work on it.
struct SimulateProvincesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate-provinces",
    abstract: "Check the province's intervals on made-up provinces whose future is known.",
    discussion: """
      Seven generators, six of them outside the models' family; demo draws the shares of the bundled data under other seeds. For each horizon it prints how often the province, the mean of its \
      units, fell inside its 80 % and 95 % intervals, how often units did, and whether the number of \
      units that made a target is where the paths said (a flat histogram, Pearson's χ² with nine \
      degrees of freedom). Rows named all are the provinces of all generators together: no past of 36 \
      months tells generators apart, so single ones are covered more or less often than promised.

      Example:
        vedich simulate-provinces --provinces 1000 --seed 7
      """,
    shouldDisplay: false)

  @Option(help: "Provinces for each generator.")
  var provinces = 1_000
  @Option(help: "Units of a province.")
  var units = 20
  @Option(help: "Months known.")
  var history = 36
  @Option(help: "Joint paths.")
  var paths = 501
  @Option(help: "The seed.")
  var seed: UInt64 = 2026
  @Option(parsing: .upToNextOption, help: "Generators (default: all).")
  var generators = SimulatedProvinces.allCases
  @Option(help: "Prior correlation of one period's changes.")
  var priorCorrelation = SharedShockSettings().priorCorrelation
  @Option(help: "What it is worth in periods.")
  var priorPeriods = SharedShockSettings().priorPeriods
  @Option(help: "What a shorter length is worth beside a longer one.")
  var shorterWeight = SharedShockSettings().shorterWeight
  @Option(help: "Degrees of freedom of what is shared.")
  var commonDegrees = SharedShockSettings().commonDegrees
  @Option(help: "How much of its own slope's error a unit keeps.")
  var ownSlope = SharedShockSettings().ownSlope
  @Option(help: "How much of the pooled slope's error all units share.")
  var commonSlope = SharedShockSettings().commonSlope
  @Flag(inversion: .prefixedNo, help: "Correct the inside view by the outside view, as a run does.")
  var outsideView = true
  @Option(help: "How many tasks run at once; has no influence on any number.")
  var threads = 2

  func validate() throws {
    guard provinces > 0, units > 2, history >= 12, paths >= 101, threads > 0 else {
      throw ValidationError(
        "Provinces and threads must be positive, units at least 3, history at least 12, paths at least 101."
      )
    }
    let longest = DemoProvinceSource.longestHistory
    if generators.contains(.demo), history > longest {
      throw ValidationError("demo provinces have no more than \(longest) months of history.")
    }
  }

  private var shocks: SharedShockSettings {
    var shocks = SharedShockSettings()
    shocks.priorCorrelation = priorCorrelation
    shocks.priorPeriods = priorPeriods
    shocks.shorterWeight = shorterWeight
    shocks.commonDegrees = commonDegrees
    shocks.ownSlope = ownSlope
    shocks.commonSlope = commonSlope
    return shocks
  }

  func run() async throws {
    try Console.write(
      "generator  months  80 % interval  95 % interval  units 80 %  counts: chi-squared, p, bins; mean and "
        + "deviation of scores: province, units, counts\n")
    var all = ProvinceTrial.horizons.map { ProvinceTrial.Outcome(horizon: $0) }
    for generator in generators {
      var trial = ProvinceTrial(
        source: generator.source, provinces: provinces, units: units, history: history,
        paths: paths, seed: seed)
      trial.sharedShocks = shocks
      trial.outsidePrior = outsideView ? .all : nil
      for (place, outcome) in await trial.run(threads: threads).enumerated() {
        try Console.write(line(generator.rawValue, outcome))
        all[place].add(outcome)
      }
    }
    guard generators.count > 1 else { return }
    for outcome in all { try Console.write(line("all", outcome)) }
  }

  private func line(_ name: String, _ outcome: ProvinceTrial.Outcome) -> String {
    let count = Double(max(outcome.provinces, 1))
    func share(_ hits: Int) -> String {
      let share = Double(hits) / count
      let error = (share * (1 - share) / count).squareRoot()
      return String(format: "%5.1f ± %3.1f", 100 * share, 100 * error)
    }
    let flat = outcome.flatness
    let unit = 100 * Double(outcome.unitsInside80) / Double(max(outcome.units, 1))
    let label = name.padding(toLength: 9, withPad: " ", startingAt: 0)
    return
      "\(label)  \(String(format: "%6d", outcome.horizon))    \(share(outcome.inside80))"
      + "    \(share(outcome.inside95))       \(String(format: "%5.1f", unit))"
      + "  \(String(format: "%7.1f  %6.4f  ", flat.chiSquared, flat.pValue))"
      + outcome.histogram.map(String.init).joined(separator: " ") + "  "
      + [outcome.province, outcome.unit, outcome.count].map {
        String(format: "%+5.2f %4.2f", $0.mean, $0.deviation)
      }.joined(separator: "  ") + "\n"
  }
}

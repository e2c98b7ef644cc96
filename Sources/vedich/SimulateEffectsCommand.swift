import ArgumentParser
import Attainment
import Foundation

/// Simulated provinces with a known effect: how often intervals hold it, how often it is said not to be identified.
struct SimulateEffectsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate-effects",
    abstract: "Check the estimation of effects on simulated provinces with a known effect.",
    discussion: """
      Example:
        vedich simulate-effects --provinces 500 --seed 2026
      """,
    shouldDisplay: false)

  @Option(help: "Provinces of each kind.")
  var provinces = 500
  @Option(help: "The seed of all random numbers.")
  var seed: UInt64 = 2026
  @Option(help: "How many tasks run at once; has no influence on any number.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    guard provinces >= 1 else { throw ValidationError("--provinces must be at least 1.") }
    guard threads >= 1 else { throw ValidationError("--threads must be at least 1.") }
  }

  func run() async throws {
    try await reportingFailures {
      try Console.write(
        "kind,provinces,not_identified,not_identified_mcse,shown,coverage_95,coverage_mcse,bias,"
          + "reasons\n")
      let simulation = EffectSimulation(seed: seed)
      for kind in EffectSimulation.Kind.allCases {
        let outcome = await simulation.run(kind, provinces: provinces, threads: threads)
        let reasons = outcome.reasons.keys.sorted()
          .map { "\($0) \(outcome.reasons[$0] ?? 0)" }.joined(separator: "; ")
        func four(_ value: Double) -> String { "\((value * 1e4).rounded() / 1e4)" }
        let isShown = outcome.shown > 0
        let cells = [
          kind.rawValue, "\(outcome.provinces)", four(outcome.notIdentified),
          four(outcome.notIdentifiedError), "\(outcome.shown)",
          isShown ? four(outcome.coverage) : "", isShown ? four(outcome.coverageError) : "",
          isShown ? four(outcome.bias) : "", reasons,
        ]
        try Console.write(cells.joined(separator: ",") + "\n")
      }
    }
  }
}

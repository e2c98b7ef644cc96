import Foundation
import TestSupport
import Testing

/// `vedich regress --method` and `--fixed-effects`, through the program.
@Suite("Regress methods")
struct RegressMethodTests {
  static let folder = Files.repository.appending(
    path: "Tests/RegressionTests/Reference/agreement-robust-data")

  static let fits: [(arguments: [String], parts: [String])] = [
    (
      ["stackloss.csv", "--formula", "y ~ air + water + acid", "--method", "mm"],
      ["Robust regression, MM (bisquare)", "-41.5246", ".vcov.avar1"]
    ),
    (
      ["stackloss.csv", "--formula", "y ~ air + water + acid", "--method", "huber"],
      ["Huber's M", "0.829386"]
    ),
    (
      ["engel.csv", "--formula", "y ~ income", "--method", "quantile:0.9"],
      ["Quantile regression, 0.9", "0.686299"]
    ),
    (
      ["coleman.csv", "--formula", "y ~ mother", "--method", "quantile:0.05"],
      ["iid sparsity", "Warning: too few observations lie beside the quantile"]
    ),
    (
      ["menarche.csv", "--formula", "y ~ age", "--method", "logistic", "--weights", "trials"],
      ["z value", "1.63197", "AIC: 114.755"]
    ),
    (
      ["emplUK.csv", "--formula", "y ~ wage + capital", "--fixed-effects", "unit+time"],
      ["Two-way fixed effects", "-0.273148", "148 degrees of freedom"]
    ),
  ]

  @Test(arguments: fits)
  func fitsAndShows(_ fit: (arguments: [String], parts: [String])) async throws {
    let outcome = try await Program.run(["regress"] + fit.arguments, in: Self.folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    for part in fit.parts { #expect(outcome.output.contains(part), "\(outcome.output)") }
  }

  static let refusals: [(arguments: [String], status: Int32, message: String)] = [
    (
      ["grunfeld.csv", "--formula", "y ~ value + I(unit^2)", "--fixed-effects", "unit"], 65,
      "--fixed-effects: I(unit^2) do not vary within unit"
    ),
    (
      ["mtcars.csv", "--formula", "y ~ wt", "--method", "logistic"], 65,
      "line 2: the response is 21.0 of 1.0 trials"
    ),
    (["stackloss.csv", "--formula", "y ~ air", "--method", "quantile:0.02"], 65, "tied"),
    (["mtcars.csv", "--formula", "y ~ wt", "--method", "quantile:1.5"], 64, "quantile:1.5"),
    (
      ["mtcars.csv", "--formula", "y ~ wt", "--method", "mm", "--covariance", "hc3"], 64,
      "has its own covariance"
    ),
    (
      ["mtcars.csv", "--formula", "y ~ wt", "--method", "huber", "--ridge", "1"], 64,
      "exclude one another"
    ),
    (
      ["grunfeld.csv", "--formula", "y ~ value", "--fixed-effects", "unit+firm"], 65, "firm"
    ),
  ]

  @Test(arguments: refusals)
  func refusesWithReasons(
    _ refusal: (arguments: [String], status: Int32, message: String)
  ) async throws {
    let outcome = try await Program.run(["regress"] + refusal.arguments, in: Self.folder)
    #expect(outcome.status == refusal.status)
    #expect(outcome.errors.contains(refusal.message), "\(outcome.errors)")
  }
}

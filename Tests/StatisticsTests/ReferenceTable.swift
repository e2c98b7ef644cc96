import Foundation
import Statistics
import TestSupport

/// A row of a table beside the script that made it.
struct ReferenceRow: CustomStringConvertible, Sendable {
  let name: String
  let numbers: [Double]
  var description: String { name + " \(numbers)" }

  /// Reads `Reference/<file>`: a name and numbers in each line.
  static func read(_ file: String) throws -> [ReferenceRow] {
    let place = Files.repository.appending(path: "Tests/StatisticsTests/Reference/\(file)")
    let text = try String(contentsOf: place, encoding: .utf8)
    return text.split(separator: "\n").map { line in
      let fields = line.split(separator: ",")
      return ReferenceRow(
        name: String(fields[0]), numbers: fields.dropFirst().map { Double($0) ?? .nan })
    }
  }

  /// The continuous distribution the row names.
  var continuous: (any ContinuousDistribution)? {
    switch name {
    case "normal": Normal(mean: numbers[0], standardDeviation: numbers[1])
    case "t": StudentT(degreesOfFreedom: numbers[0])
    case "chi2": ChiSquared(degreesOfFreedom: numbers[0])
    case "gamma": Gamma(shape: numbers[0], scale: numbers[1])
    case "beta": Beta(alpha: numbers[0], beta: numbers[1])
    case "f": FDistribution(numerator: numbers[0], denominator: numbers[1])
    case "logistic": Logistic(location: numbers[0], scale: numbers[1])
    default: nil
    }
  }

  /// The discrete distribution the row names.
  var discrete: (any DiscreteDistribution)? {
    switch name {
    case "binomial": Binomial(trials: Int(numbers[0]), probability: numbers[1])
    case "poisson": Poisson(mean: numbers[0])
    default: nil
    }
  }
}

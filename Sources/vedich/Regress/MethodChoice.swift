import ArgumentParser
import Regression

/// A method of fitting as it is asked for on the command line.
enum MethodChoice: Hashable, ExpressibleByArgument {
  case leastSquares
  case huber
  case mm
  case quantile(Double)
  case logistic(LogisticModel.Penalty)

  init?(argument: String) {
    let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.count) {
    case ("ols", 1): self = .leastSquares
    case ("huber", 1): self = .huber
    case ("mm", 1): self = .mm
    case ("quantile", 2):
      guard let tau = Double(parts[1]), tau > 0, tau < 1 else { return nil }
      self = .quantile(tau)
    case ("logistic", 1): self = .logistic(.none)
    case ("logistic", 2):
      if parts[1] == "firth" {
        self = .logistic(.firth)
      } else if let penalty = Double(parts[1]), penalty >= 0, penalty.isFinite {
        self = .logistic(.ridge(penalty))
      } else {
        return nil
      }
    default: return nil
    }
  }

  var defaultValueDescription: String { name }

  /// As it is written on the command line.
  var name: String {
    switch self {
    case .leastSquares: "ols"
    case .huber: "huber"
    case .mm: "mm"
    case .quantile(let tau): "quantile:\(tau)"
    case .logistic(.none): "logistic"
    case .logistic(.firth): "logistic:firth"
    case .logistic(.ridge(let penalty)): "logistic:\(penalty)"
    }
  }
}

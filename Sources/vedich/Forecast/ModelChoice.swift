import ArgumentParser
import Forecasting

/// A name of the catalogue, or several joined by commas.
struct ModelChoice: ExpressibleByArgument {
  let text: String

  init?(argument: String) {
    guard (try? ForecasterCatalogue().forecaster(named: argument)) != nil else { return nil }
    text = argument
  }

  init(_ text: String) { self.text = text }

  var defaultValueDescription: String { text }

  /// Listed in the help and in the message for an unknown name.
  static var allValueStrings: [String] { ForecasterCatalogue.names }

  /// Whether short series of a panel teach each other in this model.
  var learnsFromPanel: Bool {
    text.split(separator: ",").contains {
      ["auto", "cleaned", "combination", "panel_drift"].contains($0)
    }
  }

  /// The forecaster, with the length of a season where one was given.
  func forecaster(season: Int?) throws -> any Forecaster {
    do throws(ForecasterCatalogue.UnknownModel) {
      return try ForecasterCatalogue(season: season).forecaster(named: text)
    } catch {
      throw ValidationError("there is no model '\(error.name)'.")
    }
  }
}

/// Percents of quantiles, as `2.5,50,97.5`.
struct PercentList: ExpressibleByArgument {
  let percents: [Double]

  init?(argument: String) {
    let cells = argument.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = cells.compactMap { Double($0) }
    guard numbers.count == cells.count, numbers.allSatisfy({ $0 > 0 && $0 < 100 }),
      zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    percents = numbers
  }

  init(_ percents: [Double]) { self.percents = percents }

  var defaultValueDescription: String {
    percents.map { $0 == $0.rounded() ? String(Int($0)) : String($0) }.joined(separator: ",")
  }
}

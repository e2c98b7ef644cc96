import TimeSeries

/// What looks odd about the shares of a driver, and is asked rather than refused.
public enum DriverQuestion: Hashable, Sendable {
  /// A share of money this small may be a fraction, or a percentage with a digit too many.
  case smallShare(row: Int, value: Double, count: Int, driver: String, denominator: String)
  /// Two denominators of one unit and year give amounts that do not go together.
  case amountsDisagree(
    driver: String, unit: String, year: Int, ofGrossProduct: Double, ofSpending: Double)

  /// The share, in percent, below which it is asked about.
  public static let smallShare = 0.3
}

extension DriverTable {
  /// Asks about shares such as 0.02 (2 %?) or 0.15 (1.5 %, or really 0.15 %?), once for each driver and
  /// denominator, and about amounts that two denominators give differently.
  public func questions(budget: Budget) -> [DriverQuestion] {
    var questions: [DriverQuestion] = []
    for driver in drivers {
      for denominator in denominators(of: driver) where denominator.isMoney {
        let small = values.indices.filter {
          let row = values[$0]
          return row.driver == driver && row.denominator == denominator && row.value > 0
            && row.value < DriverQuestion.smallShare
        }
        guard let first = small.first else { continue }
        questions.append(
          .smallShare(
            row: first, value: values[first].value, count: small.count, driver: driver,
            denominator: denominator.code))
      }
      questions += disagreements(of: driver, budget: budget)
    }
    return questions
  }

  private func disagreements(of driver: String, budget: Budget) -> [DriverQuestion] {
    var questions: [DriverQuestion] = []
    let yearly = values.filter { $0.driver == driver && $0.period.frequency == .year }
    for row in yearly where row.denominator == .grossProduct {
      let year = row.period.ordinal
      guard
        let other = yearly.first(where: {
          $0.denominator == .budgetSpending && $0.unit == row.unit && $0.period == row.period
            && $0.stage == row.stage
        }),
        let money = budget.years.first(where: { $0.unit == row.unit && $0.year == year }),
        let product = money.grossProduct, let spending = money.budgetSpending
      else { continue }
      let first = product * row.value / 100
      let second = spending * other.value / 100
      guard first > 0, second > 0, max(first, second) > 1.5 * min(first, second) else { continue }
      questions.append(
        .amountsDisagree(
          driver: driver, unit: row.unit, year: year, ofGrossProduct: first, ofSpending: second))
    }
    return questions
  }
}

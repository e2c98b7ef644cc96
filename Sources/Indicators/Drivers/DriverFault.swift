public import TimeSeries

/// Why the values of a driver cannot be used as asked.
public enum DriverFault: Error, Hashable, Sendable {
  /// There is no such driver; the codes that there are, and the one nearest to it.
  case unknownDriver(String, known: [String])
  /// The driver has no values of this denominator.
  case unknownDenominator(String, driver: String, known: [String])
  /// The driver has no values of this stage.
  case unknownStage(String, driver: String, known: [String])
  /// The past of one series was counted at several stages.
  case mixedStages([String], driver: String, denominator: String)
  /// A run was asked for with one denominator, and there are several.
  case mixedDenominators([String], driver: String)
  /// The values of one unit are of several frequencies.
  case mixedFrequencies(driver: String, unit: String)
  /// Future values are given, but not of every period up to the last of them.
  case futureGap(driver: String, unit: String, missing: Period, last: Period)
  /// One unit and period has several values.
  case repeated(driver: String, unit: String, period: Period)
}

extension DriverFault: CustomStringConvertible {
  /// What is wrong and, on a line of its own, how to mend it.
  public var description: String {
    func list(_ words: [String]) -> String {
      words.map { $0.isEmpty ? "none" : $0 }.joined(separator: ", ")
    }
    switch self {
    case .unknownDriver(let code, let known):
      return "there is no driver \"\(code)\" in drivers.csv and no indicator of that code\n  fix: "
        + (known.isEmpty
          ? "add a drivers.csv to the workspace" : "--driver takes one of \(list(known))")
    case .unknownDenominator(let code, let driver, let known):
      return "driver \"\(driver)\" has no values with the denominator \"\(code)\"\n  fix: "
        + "--denominator takes one of \(list(known))"
    case .unknownStage(let code, let driver, let known):
      return "driver \"\(driver)\" has no values of the stage \"\(code)\"\n  fix: --stage takes "
        + "one of \(list(known))"
    case .mixedStages(let stages, let driver, let denominator):
      return "the values of driver \"\(driver)\" (denominator \(list([denominator]))) are of "
        + "several stages, \(list(stages)), which are never mixed\n  fix: choose one with --stage"
    case .mixedDenominators(let codes, let driver):
      return "the values of driver \"\(driver)\" have several denominators, \(list(codes)), which "
        + "are never mixed\n  fix: choose one with --denominator"
    case .mixedFrequencies(let driver, let unit):
      return
        "driver \"\(driver)\" of unit \"\(unit)\" has months, quarters and years mixed\n  fix: "
        + "give its values for one kind of period"
    case .futureGap(let driver, let unit, let missing, let last):
      return
        "driver \"\(driver)\" of unit \"\(unit)\" has future values up to \(last) but none for "
        + "\(missing)\n  fix: fill in \(missing), or leave out what follows it (the last value is "
        + "then held)"
    case .repeated(let driver, let unit, let period):
      return "driver \"\(driver)\" of unit \"\(unit)\" has two values for \(period)\n  fix: keep "
        + "one of them"
    }
  }
}

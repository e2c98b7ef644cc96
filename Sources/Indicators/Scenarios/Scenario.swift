public import TimeSeries

/// A named "what if": decisions on drivers, pace, ceilings and single units, compared with the baseline.
public struct Scenario: Hashable, Sendable {
  /// The code, unique in the file.
  public var name: String
  /// What reports call it.
  public var title: String
  /// Paths of drivers.
  public var drivers: [DriverDecision]
  /// What happens to the pace of progress.
  public var pace: PaceChange?
  /// Ceilings below the indicator's own.
  public var ceilings: [CeilingChange]
  /// What single units get.
  public var interventions: [UnitIntervention]
  /// The ids of the targets that the scenario itself decides: they are left out of its counts.
  public var setsTargets: [String]

  /// Creates a scenario; without further parts it is the baseline.
  public init(
    name: String, title: String = "", drivers: [DriverDecision] = [], pace: PaceChange? = nil,
    ceilings: [CeilingChange] = [], interventions: [UnitIntervention] = [],
    setsTargets: [String] = []
  ) {
    self.name = name
    self.title = title
    self.drivers = drivers
    self.pace = pace
    self.ceilings = ceilings
    self.interventions = interventions
    self.setsTargets = setsTargets
  }
}

/// The path that a scenario gives a driver.
public struct DriverDecision: Hashable, Sendable {
  /// One part of the path.
  public struct Step: Hashable, Sendable {
    /// What it does to the driver.
    public enum Change: Hashable, Sendable {
      /// The driver stands at this value.
      case level(Double)
      /// The driver moves evenly to this value, which it has at the end and keeps.
      case ramp(to: Double)
      /// So much is added.
      case add(Double)
    }

    /// The first month.
    public var from: Period
    /// The last month, which a ramp has; `nil` for all that follow.
    public var through: Period?
    /// What it does.
    public var change: Change

    /// Creates a part.
    public init(from: Period, through: Period? = nil, change: Change) {
      self.from = from
      self.through = through
      self.change = change
    }
  }

  /// The code of the driver.
  public var driver: String
  /// What it is a share of; `nil` where it has one denominator.
  public var denominator: DriverDenominator?
  /// The stage of its past; `nil` where it has one.
  public var stage: DriverStage?
  /// The parts of the path, each acting on what those before it left.
  public var steps: [Step]
  /// The elasticity assumed where the data cannot tell the effect, as `vedich sensitivity` reads it; empty
  /// for none.
  public var elasticity: String
  /// Who assumes it.
  public var assumedBy: String

  /// Creates a decision.
  public init(
    driver: String, denominator: DriverDenominator? = nil, stage: DriverStage? = nil,
    steps: [Step], elasticity: String = "", assumedBy: String = ""
  ) {
    self.driver = driver
    self.denominator = denominator
    self.stage = stage
    self.steps = steps
    self.elasticity = elasticity
    self.assumedBy = assumedBy
  }

  /// The driver in consecutive months.
  ///
  /// - Parameters:
  ///   - months: As 12 × year + month − 1.
  ///   - baseline: The driver by month if nothing is decided.
  /// - Returns: One value a month.
  public func path(months: ClosedRange<Int>, baseline: (Int) -> Double) -> [Double] {
    var path = months.map(baseline)
    for step in steps {
      let first = step.from.lastMonthOrdinal
      let last = step.through?.lastMonthOrdinal ?? months.upperBound
      guard first <= months.upperBound, last >= first else { continue }
      let place = first - months.lowerBound
      let before =
        place > 0 && place <= path.count ? path[place - 1] : path.first ?? baseline(first)
      for month in months where month >= first {
        let index = month - months.lowerBound
        switch step.change {
        case .level(let value) where month <= last: path[index] = value
        case .add(let value) where month <= last: path[index] += value
        case .ramp(let value):
          let part = min(1, Double(month - first + 1) / Double(last - first + 1))
          path[index] = before + (value - before) * part
        case .level, .add: break
        }
      }
    }
    return path
  }
}

/// What a scenario does to the pace of progress.
public struct PaceChange: Hashable, Sendable {
  /// The median progress after the origin is so many times as fast; 1 leaves it.
  public var factor: Double
  /// Units behind the median unit reach it by this month, if all go on as they would; `nil` leaves them.
  public var catchUpBy: Period?
  /// From this month on the median stands still; `nil` leaves it.
  public var freezeFrom: Period?
  /// The indicators concerned; empty for all.
  public var indicators: [String]

  /// Creates a change.
  public init(
    factor: Double = 1, catchUpBy: Period? = nil, freezeFrom: Period? = nil,
    indicators: [String] = []
  ) {
    self.factor = factor
    self.catchUpBy = catchUpBy
    self.freezeFrom = freezeFrom
    self.indicators = indicators
  }
}

/// A ceiling below the indicator's own bound (a floor where lower is better).
public struct CeilingChange: Hashable, Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// The value that cannot be passed.
  public var ceiling: Double

  /// Creates a change.
  public init(indicator: String, ceiling: Double) {
    self.indicator = indicator
    self.ceiling = ceiling
  }
}

/// So much more of an indicator in one unit.
public struct UnitIntervention: Hashable, Sendable {
  /// The code of the unit.
  public var unit: String
  /// The code of the indicator.
  public var indicator: String
  /// The first month.
  public var from: Period
  /// The last month; `nil` for all that follow.
  public var through: Period?
  /// What is added, in the unit of the indicator.
  public var add: Double

  /// Creates an intervention.
  public init(
    unit: String, indicator: String, from: Period, through: Period? = nil, add: Double
  ) {
    self.unit = unit
    self.indicator = indicator
    self.from = from
    self.through = through
    self.add = add
  }
}

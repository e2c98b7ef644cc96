public import Indicators
public import TimeSeries

/// One row of `projections.csv`.
public struct ProjectionRow: Sendable {
  /// Whether a row was observed or forecast.
  public enum Kind: String, Hashable, Sendable {
    /// An observed period.
    case history
    /// A forecast period.
    case forecast
  }

  /// The percents of the nine quantiles of every row: 2.5, 5, 10, 25, 50, 75, 90, 95, 97.5.
  public static let percents: [Double] = [2.5, 5, 10, 25, 50, 75, 90, 95, 97.5]

  /// The code of the indicator.
  public var indicator: String
  /// The code of the unit.
  public var unit: String
  /// The period that the row is about.
  public var period: Period
  /// Steps after the last observed period; 0 and below in history.
  public var step: Int
  /// Whether the period was observed or is forecast.
  public var kind: Kind
  /// The mean of a forecast; the value of an observation.
  public var mean: Double
  /// One value for each of ``percents``; empty in history.
  public var quantiles: [Double]
  /// The model that made the forecast; empty in history.
  public var model: String
  /// The last period whose observations the run was allowed to use.
  public var origin: Period

  /// Creates a row.
  public init(
    indicator: String, unit: String, period: Period, step: Int, kind: Kind, mean: Double,
    quantiles: [Double], model: String, origin: Period
  ) {
    self.indicator = indicator
    self.unit = unit
    self.period = period
    self.step = step
    self.kind = kind
    self.mean = mean
    self.quantiles = quantiles
    self.model = model
    self.origin = origin
  }
}

/// One row of `contributions.csv`: what one unit adds to the province's gap, and where it stands among its like.
public struct ContributionRow: Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// The id of the target.
  public var targetID: String
  /// The code of the unit.
  public var unit: String
  /// The unit's share of the weight (0...1); the shares of one target add up to 1.
  public var weight: Double
  /// The unit's gap to the target at its last value, in the unit of the indicator.
  public var gap: Double
  /// `weight × gap`: these add up exactly to the province's gap as aggregated from units.
  public var contribution: Double
  /// The unit's level less that of units like it, shrunk towards them.
  public var differenceFromPeers: Double
  /// The place among the units, 1 being furthest behind.
  public var rank: Int
  /// The low end of the interval of the rank.
  public var rankLow: Int
  /// The high end of the interval of the rank.
  public var rankHigh: Int
  /// Whether the interval of the rank is short enough (under half the list) to name the unit.
  public var isNamed: Bool

  /// Creates a row.
  public init(
    indicator: String, targetID: String, unit: String, weight: Double, gap: Double,
    contribution: Double, differenceFromPeers: Double, rank: Int, rankLow: Int, rankHigh: Int,
    isNamed: Bool
  ) {
    self.indicator = indicator
    self.targetID = targetID
    self.unit = unit
    self.weight = weight
    self.gap = gap
    self.contribution = contribution
    self.differenceFromPeers = differenceFromPeers
    self.rank = rank
    self.rankLow = rankLow
    self.rankHigh = rankHigh
    self.isNamed = isNamed
  }
}

/// One row of `alerts.csv`: the state of one task (readings §7).
public struct TaskAlert: Sendable {
  /// What the monitoring rules say of a task.
  public enum State: String, Hashable, Sendable {
    /// The deadline has passed and the task is not done.
    case overdue
    /// Completion is under half of the elapsed share of the time.
    case behindRoadmap = "behind_roadmap"
    /// The evidence was judged insufficient (*chờ hoàn thiện*).
    case evidenceInsufficient = "evidence_insufficient"
    /// No report: a state of its own, not red.
    case notReported = "not_reported"
  }

  /// The task of the plan.
  public var task: PlanTask
  /// The code of the unit.
  public var unit: String
  /// What the rules say of it.
  public var state: State
  /// Whether the rules raise a red alert.
  public var isRed: Bool
  /// 0...1 as it counts: rejected evidence counts as 0; `nil` when nothing was reported.
  public var completion: Double?
  /// Elapsed share of the time from start to deadline (0...1); `nil` without a deadline.
  public var elapsedShare: Double?
  /// Days since the deadline; `nil` when the task is not overdue.
  public var daysOverdue: Int?
  /// When the unit last reported; `nil` when it did not.
  public var reportedAt: Day?
  /// What else a reader has to know; empty when there is nothing to say.
  public var note: String

  /// Creates an alert.
  public init(
    task: PlanTask, unit: String, state: State, isRed: Bool, completion: Double?,
    elapsedShare: Double?, daysOverdue: Int?, reportedAt: Day?, note: String
  ) {
    self.task = task
    self.unit = unit
    self.state = state
    self.isRed = isRed
    self.completion = completion
    self.elapsedShare = elapsedShare
    self.daysOverdue = daysOverdue
    self.reportedAt = reportedAt
    self.note = note
  }
}

/// Which forecasts a check is about.
public enum CheckedView: String, Hashable, Sendable, CaseIterable {
  /// The inside view's, as they are published where the outside view is not asked.
  case inside = "inside_view"
  /// Those that the outside view has mapped.
  case outside = "outside_view"
}

/// One row of `calibration.csv`: how past forecasts of one indicator have done at one horizon.
public struct CalibrationRow: Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// Steps ahead.
  public var horizon: Int
  /// Which forecasts were checked: those that the run publishes at this horizon.
  public var view = CheckedView.inside
  /// Pseudo-questions with known outcome.
  public var questions: Int
  /// Share of them that came true.
  public var attainedShare: Double
  /// The mean of the probabilities given.
  public var meanProbability: Double
  /// Brier score: the mean squared difference between probability and outcome.
  public var brier: Double
  /// Brier score of always saying the attained share.
  public var brierBaseRate: Double
  /// Mean negative natural log of the probability given to what happened.
  public var logScore: Double
  /// Percent of outcomes inside the central 80 % interval.
  public var coverage80: Double
  /// What else the check told; `nil` where only scores are known.
  public var detail: CalibrationDetail?

  /// Creates a row.
  public init(
    indicator: String, horizon: Int, questions: Int, attainedShare: Double,
    meanProbability: Double, brier: Double, brierBaseRate: Double, logScore: Double,
    coverage80: Double
  ) {
    self.indicator = indicator
    self.horizon = horizon
    self.questions = questions
    self.attainedShare = attainedShare
    self.meanProbability = meanProbability
    self.brier = brier
    self.brierBaseRate = brierBaseRate
    self.logScore = logScore
    self.coverage80 = coverage80
  }
}

/// One row of `data_quality.csv`: what is wrong or thin in one series.
public struct DataQualityRow: Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// The code of the unit.
  public var unit: String
  /// The first observed period; `nil` when nothing was observed.
  public var firstPeriod: Period?
  /// The last observed period; `nil` when nothing was observed.
  public var lastPeriod: Period?
  /// Periods with a value.
  public var observed: Int
  /// Periods without a value between the first and the last observed one.
  public var missing: Int
  /// Periods of which more than one vintage exists.
  public var revised: Int
  /// Values far from what the series suggests.
  public var outliers: Int
  /// Values above the upper bound that were kept and flagged.
  public var aboveBound: Int
  /// Periods between the last observed one and the origin.
  public var periodsLate: Int
  /// What else a reader has to know; empty when there is nothing to say.
  public var note: String

  /// Creates a row.
  public init(
    indicator: String, unit: String, firstPeriod: Period?, lastPeriod: Period?, observed: Int,
    missing: Int, revised: Int, outliers: Int, aboveBound: Int, periodsLate: Int, note: String
  ) {
    self.indicator = indicator
    self.unit = unit
    self.firstPeriod = firstPeriod
    self.lastPeriod = lastPeriod
    self.observed = observed
    self.missing = missing
    self.revised = revised
    self.outliers = outliers
    self.aboveBound = aboveBound
    self.periodsLate = periodsLate
    self.note = note
  }
}

/// How many units are expected to make a target, and how sure that is.
public struct UnitCount: Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// The id of the target.
  public var targetID: String
  /// The units counted.
  public var units: Int
  /// Units that make the target: the 10 % quantile over paths.
  public var p10: Int
  /// Units that make the target: the median over paths.
  public var p50: Int
  /// Units that make the target: the 90 % quantile over paths.
  public var p90: Int

  /// Creates a count.
  public init(indicator: String, targetID: String, units: Int, p10: Int, p50: Int, p90: Int) {
    self.indicator = indicator
    self.targetID = targetID
    self.units = units
    self.p10 = p10
    self.p50 = p50
    self.p90 = p90
  }
}

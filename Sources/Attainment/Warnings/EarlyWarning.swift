import Indicators

/// One row of `warnings.csv`: a target whose probability has fallen since last month, and why.
///
/// The four parts add up to the change.
public struct EarlyWarning: Hashable, Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// The code of the unit.
  public var unit: String
  /// The id of the target.
  public var targetID: String
  /// The probability as published last month or, where nothing was, as this program gives it for last month.
  public var previous: Double
  /// The probability now.
  public var probability: Double
  /// What the periods reported since then did.
  public var newData: Double
  /// What revisions of older periods did.
  public var revision: Double
  /// What the passing of a month did, with nothing new known.
  public var passingTime: Double
  /// What changed in the program or its settings; 0 where nothing was published.
  public var changedModel: Double

  /// Creates a warning.
  public init(
    indicator: String, unit: String, targetID: String, previous: Double, probability: Double,
    newData: Double, revision: Double, passingTime: Double, changedModel: Double
  ) {
    self.indicator = indicator
    self.unit = unit
    self.targetID = targetID
    self.previous = previous
    self.probability = probability
    self.newData = newData
    self.revision = revision
    self.passingTime = passingTime
    self.changedModel = changedModel
  }

  /// `probability − previous`.
  public var change: Double { probability - previous }
}

/// Compares a run with those of last month and those in between.
public struct EarlyWarnings: Sendable {
  /// A fall of 15 points is told.
  public static let smallestFall = 0.15

  /// What a probability belongs to.
  public struct Key: Hashable, Sendable {
    /// The id of the target.
    public var targetID: String
    /// The code of the unit.
    public var unit: String

    /// Creates a key.
    public init(targetID: String, unit: String) {
      self.targetID = targetID
      self.unit = unit
    }
  }

  private let then: [Key: Double]
  private let published: [Key: Double]

  /// - Parameters:
  ///   - then: The rows of a run as of last month.
  ///   - published: What was published then; empty where nothing is known of it.
  public init(then: [TargetAttainment], published: [Key: Double] = [:]) {
    self.then = Self.probabilities(then)
    self.published = published
  }

  /// The rows whose probability has fallen by ``smallestFall`` or more.
  public func fallen(now: [TargetAttainment]) -> [TargetAttainment] {
    now.filter { row in
      guard let probability = row.probability, let previous = previous(Self.key(row)) else {
        return false
      }
      // Probabilities are written to six decimals: the edge itself counts as fallen.
      return previous - probability >= Self.smallestFall - 1e-9
    }
  }

  /// Splits what has fallen.
  ///
  /// - Parameters:
  ///   - now: The rows of the run of today.
  ///   - aged: Those of a run of today that knows what was known last month.
  ///   - revised: Those of a run that knows the revisions as well, but no new period.
  /// - Returns: The largest fall first, ties by target and unit.
  public func rows(
    now: [TargetAttainment], aged: [TargetAttainment], revised: [TargetAttainment]
  ) -> [EarlyWarning] {
    let aged = Self.probabilities(aged)
    let revised = Self.probabilities(revised)
    let rows = fallen(now: now).compactMap { row -> EarlyWarning? in
      let key = Self.key(row)
      guard let probability = row.probability, let previous = previous(key) else { return nil }
      // A target this program could not forecast last month: all of the change is that of the model.
      let recomputed = then[key] ?? probability
      let passed = aged[key] ?? recomputed
      let corrected = revised[key] ?? passed
      let isKnown = then[key] != nil
      return EarlyWarning(
        indicator: row.indicator, unit: row.unit, targetID: row.target.id, previous: previous,
        probability: probability, newData: isKnown ? probability - corrected : 0,
        revision: isKnown ? corrected - passed : 0, passingTime: isKnown ? passed - recomputed : 0,
        changedModel: recomputed - previous)
    }
    return rows.sorted {
      ($0.change, $0.targetID, $0.unit) < ($1.change, $1.targetID, $1.unit)
    }
  }

  private func previous(_ key: Key) -> Double? { published[key] ?? then[key] }

  private static func key(_ row: TargetAttainment) -> Key {
    Key(targetID: row.target.id, unit: row.unit)
  }

  private static func probabilities(_ rows: [TargetAttainment]) -> [Key: Double] {
    var found: [Key: Double] = [:]
    for row in rows { found[key(row)] = row.probability }
    return found
  }
}

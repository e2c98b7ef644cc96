import RealModule
public import TimeSeries

/// Values of a series that do not belong to the rest, and the series without them.
public struct UnusualValues: Sendable {
  /// A value far from its neighbours, which went back to where it was before.
  public struct Outlier: Hashable, Sendable {
    /// Its place in the series.
    public let index: Int
    /// As it was observed.
    public let value: Double
    /// What it counts as in fitting: the line between its neighbours, with the season.
    public let replacement: Double
  }

  /// A jump after which values stayed.
  public struct LevelShift: Hashable, Sendable {
    /// The place of the first value of the new level.
    public let index: Int
    /// The level of the values before, without their season.
    public let before: Double
    /// The level from there on.
    public let after: Double
  }

  /// In time order.
  public var outliers: [Outlier] = []
  /// In time order.
  public var levelShifts: [LevelShift] = []
  /// The values for fitting: outliers replaced, and values before a shift moved to the level after it.
  public var cleaned: [Double]

  /// Whether nothing was found.
  public var isEmpty: Bool { outliers.isEmpty && levelShifts.isEmpty }

  /// A line for each, with its period and values, in time order.
  ///
  /// - Parameters:
  ///   - series: The series that was searched.
  ///   - areReplaced: Whether the model was fitted to the cleaned values.
  /// - Returns: Sentences for ``ModelSummary/warnings``.
  public func warnings(_ series: Series, areReplaced: Bool = true) -> [String] {
    let verb = areReplaced ? "fitted as" : "kept, its neighbours say"
    let ending = areReplaced ? ", earlier values moved for fitting" : ""
    let single = outliers.map { outlier in
      (
        outlier.index,
        "outlier at \(series.period(at: outlier.index)): \(Self.text(outlier.value)) \(verb) "
          + Self.text(outlier.replacement)
      )
    }
    let shifts = levelShifts.map { shift in
      (
        shift.index,
        "level shift at \(series.period(at: shift.index)): \(Self.text(shift.before)) to "
          + Self.text(shift.after) + ending
      )
    }
    return (single + shifts).sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Six significant digits.
  static func text(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return "0" }
    let digits = 5 - Int(Double.log10(abs(value)).rounded(.down))
    guard (-9...15).contains(digits) else { return "\(value)" }
    let factor = Double.pow(10, Double(abs(digits)))
    let short =
      digits >= 0 ? (value * factor).rounded() / factor : (value / factor).rounded() * factor
    return short == short.rounded() && abs(short) < 1e15 ? "\(Int(short))" : "\(short)"
  }
}

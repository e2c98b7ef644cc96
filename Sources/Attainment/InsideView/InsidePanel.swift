public import Forecasting
public import TimeSeries

/// All that is known at an origin of one indicator: the series of its units, gaps filled.
public struct InsidePanel: Sendable {
  /// What values are possible.
  public let range: ValueRange
  /// The frequency of all series.
  public let frequency: Frequency
  /// The number of periods from the first value of any unit to the origin.
  let periodCount: Int
  /// By unit, as observed; `nil` for a unit without a value.
  private(set) var histories: [UnitHistory?]
  /// The places in ``histories`` of units with two values or more.
  let members: [Int]
  let paceLengths: PaceLengths
  /// Share of one-step changes that fall.
  let fallingShare: Double
  /// The number of one-step changes.
  let changeCount: Int

  /// Arranges the series of one indicator.
  ///
  /// - Parameters:
  ///   - series: All units in a fixed order, each up to the origin; all of one frequency.
  ///   - range: What values are possible.
  ///   - origin: The last period that may be known.
  public init(series: [Series], range: ValueRange, origin: Period) {
    self.range = range
    frequency = origin.frequency
    let first = series.filter { $0.count > 0 }.map(\.start.ordinal).min() ?? origin.ordinal
    histories = series.map { UnitHistory($0, first: first) }
    let known = histories
    members = histories.indices.filter { (known[$0]?.count ?? 0) >= 2 }
    let last = histories.compactMap { $0?.end }.max() ?? 0
    periodCount = max(origin.ordinal - first, last) + 1
    paceLengths = PaceLengths(frequency)
    var falling = 0
    var count = 0
    for member in members {
      for change in known[member]?.changes ?? [] {
        count += 1
        if change < 0 { falling += 1 }
      }
    }
    changeCount = count
    fallingShare = count > 0 ? Double(falling) / Double(count) : 0
  }

  /// The histories of the members on a scale, in their order.
  func members(on scale: PanelScale) -> [UnitHistory] {
    members.compactMap { histories[$0]?.on(scale) }
  }

  /// The same panel with one more value of a unit; what the panel as a whole says stays.
  func knowing(_ value: Double, stepsLater steps: Int, unit: Int) -> InsidePanel {
    var panel = self
    panel.histories[unit] = histories[unit]?.appending(value, stepsLater: steps)
    return panel
  }

  /// Whether values practically never fall.
  var neverFalls: Bool { changeCount >= 20 && fallingShare <= 0.002 }
}

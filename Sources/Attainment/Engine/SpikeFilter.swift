public import Forecasting
import Statistics
public import TimeSeries

/// Finds values that jump away and come straight back: typing errors, more often than events.
///
/// They stay in every file and report; only the models do not see them. A jump that stays is a level shift and is left alone. A
/// far jump at the very end can still be either: it is left out until a next value confirms it. A jump that came a year before or after as
/// well is a season and stays.
public enum SpikeFilter {
  /// How many typical steps a jump there and a jump back must both exceed.
  static let threshold = 8.0
  /// How many typical steps the last change must exceed to wait for a confirmation.
  static let unconfirmedThreshold = 20.0
  /// A jump in the same direction a year off, of so large a part of it, makes it a season.
  static let recurringPart = 0.5

  /// What has to be said about the values that were found.
  static func notes(_ spikes: [Period], last: Period?) -> [String] {
    let passed = spikes.filter { $0 != last }
    var notes: [String] = []
    if !passed.isEmpty {
      notes.append("spikes not modelled: \(passed.map(\.description).joined(separator: " "))")
    }
    if let last, passed.count < spikes.count {
      notes.append("jump at \(last) not modelled until a next value confirms it")
    }
    return notes
  }

  /// The median absolute one-step change of all units on a scale.
  public static func typicalStep(_ series: [Series], link: Link) -> Double {
    var changes: [Double] = []
    for one in series {
      let scaled = one.values.map { $0.isNaN ? Double.nan : link.forward($0) }
      for (earlier, later) in zip(scaled, scaled.dropFirst()) {
        let change = abs(later - earlier)
        if change > 0 { changes.append(change) }
      }
    }
    return changes.isEmpty ? 0 : median(changes)
  }

  /// The series without its spikes, and where they stood.
  public static func remove(
    from series: Series, link: Link, typicalStep: Double
  ) -> (series: Series, spikes: [Period]) {
    guard typicalStep > 0 else { return (series, []) }
    var values = series.values
    var spikes: [Period] = []
    let observed = series.observedIndices
    for place in observed.indices.dropFirst().dropLast() {
      let before = link.forward(series.values[observed[place - 1]])
      let here = link.forward(series.values[observed[place]])
      let after = link.forward(series.values[observed[place + 1]])
      let there = here - before
      let back = after - here
      let stays = abs(after - before)
      if there * back < 0, min(abs(there), abs(back)) > threshold * typicalStep,
        stays < 0.3 * min(abs(there), abs(back)),
        !recurs(there, at: observed[place], in: series, link: link)
      {
        values[observed[place]] = .nan
        spikes.append(series.period(at: observed[place]))
      }
    }
    if observed.count >= 4, let last = observed.last {
      let change =
        link.forward(series.values[last])
        - link.forward(series.values[observed[observed.count - 2]])
      if abs(change) > unconfirmedThreshold * typicalStep,
        !recurs(change, at: last, in: series, link: link)
      {
        values[last] = .nan
        spikes.append(series.period(at: last))
      }
    }
    return (Series(start: series.start, values: values), spikes)
  }

  /// Whether a change into a place came in the same direction a year before or after.
  private static func recurs(
    _ change: Double, at index: Int, in series: Series, link: Link
  ) -> Bool {
    let year = series.frequency.periodsPerYear
    guard year > 1 else { return false }
    return [index - year, index + year].contains { other in
      guard other > 0, other < series.count else { return false }
      let (before, here) = (series.values[other - 1], series.values[other])
      guard !before.isNaN, !here.isNaN else { return false }
      let move = link.forward(here) - link.forward(before)
      return move * change > 0 && abs(move) >= recurringPart * abs(change)
    }
  }
}

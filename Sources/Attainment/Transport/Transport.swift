import Forecasting

/// Carries joint paths to learned distributions: a path keeps its rank at each period and takes that quantile of the distribution
/// learned for it.
///
/// Distributions are learned at some periods; between two of them the quantiles of a rank are on a straight line, beyond the last
/// they stay. Everything said of the indicator is read from the transported paths, so a harder target never has a higher
/// probability, P ≥ ½ exactly when the median meets the target, and meeting it by a date is never less likely than at that date.
struct Transport: Sendable {
  /// The quantiles learned for one period.
  struct Learned: Sendable {
    /// The row of the paths to which it belongs.
    var row: Int
    /// Where the period lies on the time axis.
    var step: Int
    /// One for each rank, ascending.
    var quantiles: [Double]
  }

  /// In the order of rows.
  let learned: [Learned]
  /// Whether the level cannot fall: then a path keeps one rank, and no quantile is below an earlier one.
  let neverFalls: Bool
  /// Whether values are whole numbers.
  let isWholeNumber: Bool

  /// - Parameters:
  ///   - learned: In the order of rows.
  ///   - neverFalls: Whether the level cannot fall.
  ///   - isWholeNumber: Whether values are whole numbers.
  init(learned: [Learned], neverFalls: Bool, isWholeNumber: Bool) {
    self.neverFalls = neverFalls
    self.isWholeNumber = isWholeNumber
    guard neverFalls else {
      self.learned = learned
      return
    }
    var rising = learned
    for index in rising.indices.dropFirst() {
      let before = rising[index - 1].quantiles
      for rank in before.indices {
        rising[index].quantiles[rank] = max(rising[index].quantiles[rank], before[rank])
      }
    }
    self.learned = rising
  }

  /// Replaces the values of the paths from the first learned row on.
  ///
  /// - Parameters:
  ///   - paths: The joint paths, whose ranks are kept.
  ///   - steps: The step of each row.
  ///   - rankRow: The row whose ranks all periods share where the level cannot fall.
  func apply(to paths: inout SamplePaths, steps: [Int], rankRow: Int) {
    guard let first = learned.first else { return }
    let count = paths.pathCount
    var ranks = RadixOrder<UInt32>(count: count)
    if neverFalls {
      ranks.sort(by: paths.values.span.extracting((rankRow * count)..<((rankRow + 1) * count)))
    }
    var place = 0
    for row in first.row..<paths.stepCount {
      while place + 1 < learned.count, learned[place + 1].row <= row { place += 1 }
      if !neverFalls {
        ranks.sort(by: paths.values.span.extracting((row * count)..<((row + 1) * count)))
      }
      let here = learned[place]
      let next = learned[min(place + 1, learned.count - 1)]
      let span = next.step - here.step
      let share = span > 0 ? Double(steps[row] - here.step) / Double(span) : 0
      spread(
        here.quantiles.span, next.quantiles.span, share, ranks.order.span, offset: row * count,
        &paths.values)
    }
  }

  /// Gives each path the quantile of its rank, `share` of the way from one period to the next.
  private func spread(
    _ here: Span<Double>, _ next: Span<Double>, _ share: Double, _ order: Span<Int32>,
    offset: Int, _ values: inout [Double]
  ) {
    var values = values.mutableSpan
    precondition(here.count == order.count && next.count == order.count, "one quantile a rank")
    for rank in order.indices {
      let low = here[rank]
      let value = low + share * (next[rank] - low)
      values[offset + Int(order[rank])] = isWholeNumber ? value.rounded() : value
    }
  }
}

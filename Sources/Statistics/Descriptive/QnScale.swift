/// The scale Qₙ: a low order statistic of the distances of all pairs, made to estimate the standard
/// deviation of a normal sample.
///
/// The k-th smallest of |xᵢ − xⱼ|, i < j, with k = h(h − 1)/2 and h = ⌊n/2⌋ + 1, times the constant
/// and the finite-sample factors of R's package robustbase. Half of the values may be wrong, as for
/// the median absolute deviation, but 82 % of the efficiency is kept, not 37 %, and no symmetry is
/// assumed (P. J. Rousseeuw and C. Croux, J. American Statistical Association 88, 1993).
///
/// - Parameter values: At least one finite number.
/// - Returns: The scale; 0 of one value and where more than half of the values are the same.
/// - Complexity: O(n log n) on average and O(n) memory (C. Croux and P. J. Rousseeuw, COMPSTAT 1992).
public func qnScale(_ values: [Double]) -> Double {
  precondition(!values.isEmpty, "a scale needs at least one value")
  precondition(values.allSatisfy(\.isFinite), "a scale needs finite values")
  let n = values.count
  guard n > 1 else { return 0 }
  let h = n / 2 + 1
  let raw = PairDistances(values).smallest(h * (h - 1) / 2)
  return 2.219_14 * raw * QnFactor.factor(n)
}

/// What Qₙ is multiplied by in samples of n (robustbase 0.95-0).
private enum QnFactor {
  private static let small = [
    0.399356, 0.99365, 0.51321, 0.84401, 0.6122, 0.85877, 0.66993, 0.87344, 0.72014, 0.88906,
    0.75743,
  ]

  static func factor(_ n: Int) -> Double {
    if n <= 12 { return small[n - 2] }
    let x = Double(n)
    let odd = 1.60188 + (-2.1284 - 5.172 / x) / x
    let even = 3.67561 + (1.9654 + (6.987 - 77 / x) / x) / x
    return 1 / (1 + (n % 2 == 1 ? odd : even) / x)
  }
}

/// The distances yᵢ − yᵢ₋ₘ of sorted values, m = 1 … i: rows that ascend, searched without being
/// made.
private struct PairDistances {
  private let sorted: [Double]

  init(_ values: [Double]) { sorted = values.sorted() }

  /// The k-th smallest distance, k from 1.
  ///
  /// Each round takes the median of the rows' medians, weighted by the rows' lengths, as a trial and
  /// drops at least a quarter of the distances left.
  func smallest(_ k: Int) -> Double {
    let n = sorted.count
    var low = [Int](repeating: 1, count: n)
    var high = Array(0..<n)
    var left = n * (n - 1) / 2
    var below = 0
    while left > 2 * n {
      let trial = weightedMedian(
        (1..<n).filter { low[$0] <= high[$0] }.map { i in
          (distance(i, (low[i] + high[i]) / 2), high[i] - low[i] + 1)
        })
      let under = counts { $0 < trial }
      let upTo = counts { $0 <= trial }
      if k <= under.reduce(0, +) {
        for i in 1..<n { high[i] = min(high[i], under[i]) }
      } else if k > upTo.reduce(0, +) {
        for i in 1..<n { low[i] = max(low[i], upTo[i] + 1) }
      } else {
        return trial
      }
      below = (1..<n).reduce(0) { $0 + low[$1] - 1 }
      left = (1..<n).reduce(0) { $0 + max(0, high[$1] - low[$1] + 1) }
    }
    var rest: [Double] = []
    rest.reserveCapacity(left)
    for i in 1..<n {
      for m in stride(from: low[i], through: high[i], by: 1) { rest.append(distance(i, m)) }
    }
    Selection.place(&rest, ranks: [k - below - 1])
    return rest[k - below - 1]
  }

  private func distance(_ i: Int, _ m: Int) -> Double { sorted[i] - sorted[i - m] }

  /// How many distances of each row pass a test that the small ones pass: the value at which it
  /// fails moves up from row to row.
  private func counts(_ passes: (Double) -> Bool) -> [Int] {
    var result = [Int](repeating: 0, count: sorted.count)
    var first = 0
    for i in sorted.indices {
      while first < i && !passes(sorted[i] - sorted[first]) { first += 1 }
      result[i] = i - first
    }
    return result
  }

  /// The least value with more than half of the weight at or below it.
  private func weightedMedian(_ pairs: [(value: Double, weight: Int)]) -> Double {
    var pairs = pairs
    var wanted = pairs.reduce(0) { $0 + $1.weight } / 2
    while true {
      var values = pairs.map(\.value)
      let middle = values.count / 2
      Selection.place(&values, ranks: [middle])
      let pivot = values[middle]
      let under = pairs.reduce(0) { $0 + ($1.value < pivot ? $1.weight : 0) }
      let equal = pairs.reduce(0) { $0 + ($1.value == pivot ? $1.weight : 0) }
      if under > wanted {
        pairs = pairs.filter { $0.value < pivot }
      } else if under + equal > wanted {
        return pivot
      } else {
        wanted -= under + equal
        pairs = pairs.filter { $0.value > pivot }
      }
    }
  }
}

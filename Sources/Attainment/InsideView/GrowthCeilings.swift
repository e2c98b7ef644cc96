import RealModule
import Statistics

/// Growth curves whose ceiling is not known: logistic and Gompertz, each on a grid of ceilings, with what the other units
/// of the indicator say of them.
///
/// On the curve's own scale, logit(y/K) or −ln(−ln(y/K)), a unit moves in a line from its last value. For each ceiling a weighted
/// regression (half of the history weighs most) gives the slope, and the one-step errors on the scale of the values give the
/// likelihood of the ceiling.
struct GrowthCeilings: Sendable {
  /// The shape of a curve.
  enum Curve: CaseIterable, Sendable {
    case logistic, gompertz

    /// The place of a filled share of the ceiling on the curve's scale.
    @inline(__always)
    func place(_ share: Double) -> Double {
      switch self {
      case .logistic: Double.log(share / (1 - share))
      case .gompertz: -Double.log(-Double.log(share))
      }
    }

    /// How fast the share rises where the place rises by 1.
    @inline(__always)
    func slope(_ share: Double) -> Double {
      switch self {
      case .logistic: share * (1 - share)
      case .gompertz: -share * Double.log(share)
      }
    }
  }

  /// What one ceiling says of one unit.
  struct Fit: Sendable {
    var curve: Curve
    /// In units of the range's width.
    var ceiling: Double
    var place: Double
    var slope: Double
    var deviation: Double
    var logLikelihood: Double
  }

  /// Ceilings in units of the range's width: finer below one half.
  static let ceilings: [Double] = (0..<44).map { (index: Int) -> Double in
    let place = Double(index)
    if index < 19 { return 0.05 + 0.025 * place }
    return 0.14 + 0.02 * place
  }
  /// Fewer values than this say nothing of a ceiling to others.
  private static let fewestValues = 4
  /// The share of the prior that is flat.
  static let flatShare = 0.1
  /// Values stay this far from 0 and from the ceiling, as shares of the ceiling.
  private static let edge = 0.003

  /// By member of the panel: its fits on the whole grid.
  private var fits: [[Fit]]
  private var counts: [Int]
  /// By member: its likelihood of each ceiling, normalised.
  private var likelihoods: [[Double]]
  private let prior: [Double]

  /// - Parameters:
  ///   - members: Histories on the plain scale.
  ///   - lower: The lower end of the range.
  ///   - upper: The upper end of the range.
  init(_ members: [UnitHistory], lower: Double, upper: Double) {
    let width = upper - lower
    let fits = members.map { history in
      Self.fit(history.values.map { max(($0 - lower) / width, 0) })
    }
    self.fits = fits
    counts = members.map(\.count)
    let likelihoods = fits.map(Self.normalized)
    self.likelihoods = likelihoods
    prior = Self.prior(
      likelihoods.indices.filter { members[$0].count >= Self.fewestValues }.map { likelihoods[$0] })
  }

  /// One member's history replaced by a longer one; what the members say of the ceiling stays.
  func replacing(
    _ member: Int, with history: UnitHistory, lower: Double, upper: Double
  ) -> GrowthCeilings {
    var copy = self
    copy.fits[member] = Self.fit(history.values.map { max(($0 - lower) / (upper - lower), 0) })
    copy.counts[member] = history.count
    copy.likelihoods[member] = Self.normalized(copy.fits[member])
    return copy
  }

  private static func fit(_ shares: [Double]) -> [Fit] {
    let count = shares.count
    let largest = max(shares.max() ?? 0, 1e-11)
    let span = max(8, Double(count) / 2)
    let weights = (0..<count).map { Double.exp(-Double(count - 1 - $0) / span) }
    let changes = zip(shares, shares.dropFirst()).map { $1 - $0 }
    let typical = changes.reduce(0) { $0 + abs($1) } / Double(max(changes.count, 1))
    let floor = 1e-8 * largest * largest + 0.25 * (0.1 * typical) * (0.1 * typical)
    let total = weights.reduce(0, +)
    var centre = 0.0
    for index in weights.indices { centre += weights[index] * Double(index) / total }
    let times = (0..<count).map { Double($0) - centre }
    var timeSquares = 0.0
    for index in weights.indices { timeSquares += weights[index] * times[index] * times[index] }
    let stepWeight = weights.dropFirst().reduce(0, +)
    var result: [Fit] = []
    result.reserveCapacity(2 * ceilings.count)
    var filled = shares
    var places = shares
    for curve in Curve.allCases {
      let begin = result.count
      for ceiling in ceilings {
        guard ceiling >= 1.004 * largest else {
          result.append(
            Fit(
              curve: curve, ceiling: ceiling, place: 0, slope: 0, deviation: 1,
              logLikelihood: -.infinity))
          continue
        }
        var slope = 0.0
        for index in shares.indices {
          filled[index] = min(max(shares[index] / ceiling, edge), 1 - edge)
          places[index] = curve.place(filled[index])
          slope += weights[index] * times[index] * places[index]
        }
        slope /= timeSquares
        var errors = 0.0
        var spread = 0.0
        for index in changes.indices {
          let error = changes[index] - ceiling * curve.slope(filled[index]) * slope
          errors += weights[index + 1] * error * error
          let step = places[index + 1] - places[index] - slope
          spread += weights[index + 1] * step * step
        }
        result.append(
          Fit(
            curve: curve, ceiling: ceiling, place: places[count - 1], slope: slope,
            deviation: (spread / stepWeight).squareRoot() + 0.02,
            logLikelihood: -0.5 * stepWeight * Double.log(errors / stepWeight + floor)))
      }
      if !result[begin...].contains(where: { $0.logLikelihood.isFinite }) {
        // Everything is as full as can be: the end of the range is the ceiling.
        let last = result.count - 1
        let ceiling = ceilings[ceilings.count - 1]
        let share = min(max(shares[count - 1] / ceiling, edge), 1 - edge)
        result[last].place = curve.place(share)
        result[last].deviation = 0.02
        result[last].logLikelihood = 0
      }
    }
    return result
  }

  private static func normalized(_ fits: [Fit]) -> [Double] {
    let best = fits.reduce(-Double.infinity) { max($0, $1.logLikelihood) }
    let raw = fits.map { Double.exp($0.logLikelihood - best) }
    let total = raw.reduce(0, +)
    return raw.map { $0 / total }
  }

  /// What the units say of the ceiling: the mean of their likelihoods, smoothed over neighbouring ceilings, with a flat share; flat
  /// for one unit or two, which would only confirm themselves.
  private static func prior(_ likelihoods: [[Double]]) -> [Double] {
    let size = ceilings.count
    let length = 2 * size
    let flat = 1 / Double(length)
    guard likelihoods.count >= 3 else { return [Double](repeating: flat, count: length) }
    var sums = [Double](repeating: 0, count: length)
    for likelihood in likelihoods {
      for index in sums.indices { sums[index] += likelihood[index] }
    }
    let total = Double(likelihoods.count)
    return sums.indices.map { index in
      let below = index % size == 0 ? index : index - 1
      let above = index % size == size - 1 ? index : index + 1
      let smooth = 0.25 * sums[below] + 0.5 * sums[index] + 0.25 * sums[above]
      return (1 - flatShare) * smooth / total + flatShare * flat
    }
  }

  /// The mixture over curves and ceilings for one member at a horizon.
  func mixture(member: Int, steps: Int) -> GrowthMixture {
    let fits = fits[member]
    var weights = likelihoods[member]
    for index in weights.indices { weights[index] *= prior[index] * prior[index] * prior[index] }
    let total = weights.reduce(0, +)
    let ahead = Double(steps)
    let growth = (ahead * (1 + ahead / Double(counts[member]))).squareRoot()
    var parts: [GrowthMixture.Part] = []
    for (index, fit) in fits.enumerated() where weights[index] > 2e-3 * total {
      parts.append(
        GrowthMixture.Part(
          weight: weights[index], curve: fit.curve, ceiling: fit.ceiling,
          location: fit.place + fit.slope * ahead, scale: fit.deviation * growth))
    }
    let kept = parts.reduce(0) { $0 + $1.weight }
    for index in parts.indices { parts[index].weight /= kept }
    return GrowthMixture(parts: parts)
  }
}

/// Student t distributions with five degrees of freedom on the scales of growth curves.
struct GrowthMixture: Sendable {
  struct Part: Sendable {
    var weight: Double
    var curve: GrowthCeilings.Curve
    var ceiling: Double
    var location: Double
    var scale: Double
  }

  let parts: [Part]

  /// P(share of the range ≤ `share`).
  func cumulative(_ share: Double, table: borrowing StudentTTable) -> Double {
    guard share > 0 else { return 0 }
    var sum = 0.0
    for part in parts {
      if share >= part.ceiling {
        sum += part.weight
        continue
      }
      let filled = min(max(share / part.ceiling, 1e-4), 1 - 1e-4)
      sum += part.weight * table.cdf((part.curve.place(filled) - part.location) / part.scale)
    }
    return sum
  }
}

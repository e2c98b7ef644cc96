import RealModule

/// Seasonal indices by classical decomposition: the mean ratio to, or deviation from, a centred moving average.
///
/// [HA21] §3.4. Whether a series is seasonal at all is the test of [FPLPK16] §4: the autocorrelation at lag m beyond 1.645 of
/// Bartlett's standard errors √((1 + 2Σ_{k<m} r²_k)/n).
struct ClassicalSeason: Sendable {
  enum Kind: Sendable { case none, additive, multiplicative }

  let kind: Kind
  /// One index for each phase, counted from the first value; empty without a season.
  let indices: [Double]
  /// Sampling variance of an index.
  let variance: Double

  /// No season.
  static let none = ClassicalSeason(kind: .none, indices: [], variance: 0)

  private init(kind: Kind, indices: [Double], variance: Double) {
    self.kind = kind
    self.indices = indices
    self.variance = variance
  }

  /// The season of a series, where it has one.
  ///
  /// - Parameters:
  ///   - values: n values, NaN being missing.
  ///   - filled: The same without gaps.
  ///   - length: Periods in a season.
  ///   - isPositive: Whether indices may be ratios.
  init(values: [Double], filled: [Double], length: Int, isPositive: Bool) {
    var found: ClassicalSeason?
    if length > 1, filled.count >= 2 * length, Self.isSeasonal(filled, length) {
      if isPositive { found = Self.decomposed(values, filled, length, .multiplicative) }
      found = found ?? Self.decomposed(values, filled, length, .additive)
    }
    self = found ?? .none
  }

  static func isSeasonal(_ values: [Double], _ length: Int) -> Bool {
    let n = values.count
    let mean = values.reduce(0, +) / Double(n)
    let deviations = values.map { $0 - mean }
    let total = deviations.reduce(0) { $0 + $1 * $1 }
    guard total > 0 else { return false }
    var squares = 0.0
    var last = 0.0
    for lag in 1...length {
      var sum = 0.0
      for index in lag..<n { sum += deviations[index] * deviations[index - lag] }
      last = sum / total
      if lag < length { squares += last * last }
    }
    return abs(last) > 1.6448536269514722 * ((1 + 2 * squares) / Double(n)).squareRoot()
  }

  /// `nil` where a ratio is too small to divide by, or a phase was never observed.
  static func decomposed(
    _ values: [Double], _ filled: [Double], _ length: Int, _ kind: Kind
  ) -> ClassicalSeason? {
    let half = length / 2
    var places: [[Double]] = Array(repeating: [], count: length)
    for index in half..<(filled.count - half) where !values[index].isNaN {
      var centre = 0.0
      if length % 2 == 0 {
        centre = 0.5 * (filled[index - half] + filled[index + half])
        for step in (1 - half)..<half { centre += filled[index + step] }
      } else {
        for step in -half...half { centre += filled[index + step] }
      }
      centre /= Double(length)
      places[index % length].append(
        kind == .additive ? values[index] - centre : values[index] / centre)
    }
    guard places.allSatisfy({ !$0.isEmpty }) else { return nil }
    let means = places.map { $0.reduce(0, +) / Double($0.count) }
    let mean = means.reduce(0, +) / Double(length)
    let indices = means.map { kind == .additive ? $0 - mean : $0 / mean }
    // An index next to nothing would blow the adjusted values up.
    if kind == .multiplicative, !indices.allSatisfy({ $0 >= 0.01 && $0.isFinite }) { return nil }
    var sum = 0.0
    var count = 0
    for (ratios, centre) in zip(places, means) {
      for ratio in ratios { sum += (ratio - centre) * (ratio - centre) }
      count += ratios.count
    }
    let degrees = max(1, count - length)
    let years = Double(count) / Double(length)
    return ClassicalSeason(
      kind: kind, indices: indices, variance: sum / Double(degrees) / years)
  }

  /// The values without their season.
  func adjusted(_ values: [Double]) -> [Double] {
    guard kind != .none else { return values }
    return values.indices.map { index in
      let own = indices[index % indices.count]
      return kind == .additive ? values[index] - own : values[index] / own
    }
  }

  /// What an adjusted value at a place becomes: factor × value + offset.
  func restoring(at place: Int) -> (factor: Double, offset: Double) {
    switch kind {
    case .none: (1, 0)
    case .additive: (1, indices[place % indices.count])
    case .multiplicative: (indices[place % indices.count], 0)
    }
  }
}

import RealModule
import Statistics

/// The shape of a history at each of its periods: short, middle and long pace, each over the size of the largest.
struct PaceShapes: Sendable {
  let history: UnitHistory
  /// Short, middle and long pace over ``sizes``; NaN at the first value.
  let short: [Double]
  let middle: [Double]
  let long: [Double]
  /// The size of the largest pace, kept off 0.
  let sizes: [Double]

  /// - Parameters:
  ///   - members: The histories of one indicator on one scale.
  ///   - lengths: Over how many steps paces are measured.
  ///   - isRelative: Whether units differ in size by nature (counts on the plain scale).
  /// - Returns: The shapes of each member.
  static func shapes(
    of members: [UnitHistory], lengths: PaceLengths, isRelative: Bool
  ) -> [PaceShapes] {
    let middles = members.map { history in
      history.values.indices.dropFirst().map { abs(history.pace(at: $0, length: lengths.middle)) }
    }
    let all = isRelative ? [] : middles.flatMap { $0 }
    let typical = all.isEmpty ? 0 : median(all)
    return members.enumerated().map { place, history in
      let own = isRelative && !middles[place].isEmpty ? median(middles[place]) : typical
      return PaceShapes(history, lengths: lengths, floor: 0.1 * own + 1e-9)
    }
  }

  private init(_ history: UnitHistory, lengths: PaceLengths, floor: Double) {
    var columns = (short: [Double](), middle: [Double](), long: [Double](), sizes: [Double]())
    for index in history.values.indices {
      let short = history.pace(at: index, length: lengths.short)
      let middle = history.pace(at: index, length: lengths.middle)
      let long = history.pace(at: index, length: index)
      let largest = index == 0 ? 0 : max(abs(short), abs(middle), abs(long))
      let size = (largest * largest + floor * floor).squareRoot()
      columns.short.append(short / size)
      columns.middle.append(middle / size)
      columns.long.append(long / size)
      columns.sizes.append(index == 0 ? .nan : size)
    }
    self.history = history
    (short, middle, long, sizes) = columns
  }

  /// Whether nothing has ever moved up to an index.
  func isStill(at index: Int) -> Bool {
    short[index] == 0 && middle[index] == 0 && long[index] == 0
  }
}

/// Changes over a horizon in units of the unit's own pace, to be weighed by likeness of shape, level and age; the other
/// indicators of the source count for less.
struct ShapeWindows: Sendable {
  static let fewest = 60
  /// The most windows of one indicator: every k-th is kept.
  static let mostEach = 1500
  static let shapeWidth = 0.35
  static let levelWidth = 1.0
  static let ageWidth = 1.0
  /// The weight of a window of another indicator.
  static let otherWeight = 0.25
  static let leastWeight = 0.01

  struct Window {
    var change: Double
    var short: Double
    var middle: Double
    var long: Double
    var level: Double
    var age: Double
    var weight: Double
  }

  let horizon: Int
  /// Ascending changes, and in their order what the windows looked like.
  private let changes: [Double]
  private let shorts: [Double]
  private let middles: [Double]
  private let longs: [Double]
  private let levels: [Double]
  private let ages: [Double]
  private let priors: [Double]
  private let levelSpread: Double
  private let usesLevel: Bool

  /// - Parameters:
  ///   - own: The shapes of the indicator's units.
  ///   - others: Those of other indicators of the source, with the same frequency.
  ///   - wanted: The horizon; where there are too few windows, the nearest shorter one is used.
  ///   - usesLevel: Whether levels are comparable (shares).
  init?(own: [PaceShapes], others: [[PaceShapes]], wanted: Int, usesLevel: Bool) {
    let longest = ([own] + others).joined().map(\.history.count).max() ?? 0
    var horizon = min(max(1, wanted), max(1, longest - 2))
    while horizon > 1 {
      let count = ([own] + others).reduce(0) { $0 + Self.count($1, horizon) }
      if count >= Self.fewest { break }
      horizon -= 1
    }
    var windows = Self.windows(own, horizon, weight: 1)
    for other in others { windows += Self.windows(other, horizon, weight: Self.otherWeight) }
    guard windows.count >= 8 else { return nil }
    windows.sort {
      ($0.change, $0.level, $0.short, $0.middle, $0.long, $0.age)
        < ($1.change, $1.level, $1.short, $1.middle, $1.long, $1.age)
    }
    self.horizon = horizon
    self.usesLevel = usesLevel
    changes = windows.map(\.change)
    shorts = windows.map(\.short)
    middles = windows.map(\.middle)
    longs = windows.map(\.long)
    levels = windows.map(\.level)
    ages = windows.map { Double.log(onePlus: $0.age) }
    priors = windows.map(\.weight)
    levelSpread = standardDeviation(levels) + 1e-9
  }

  private static func count(_ shapes: [PaceShapes], _ horizon: Int) -> Int {
    let all = shapes.reduce(0) { sum, shape in
      guard shape.history.count > horizon + 1 else { return sum }
      return sum + (1..<(shape.history.count - horizon)).count { !shape.isStill(at: $0) }
    }
    return min(all, mostEach)
  }

  private static func windows(
    _ shapes: [PaceShapes], _ horizon: Int, weight: Double
  ) -> [Window] {
    var found: [Window] = []
    for shape in shapes where shape.history.count > horizon + 1 {
      let values = shape.history.values
      for index in 1..<(values.count - horizon) where !shape.isStill(at: index) {
        let change = (values[index + horizon] - values[index]) / Double(horizon)
        found.append(
          Window(
            change: min(max(change / shape.sizes[index], -4), 8), short: shape.short[index],
            middle: shape.middle[index], long: shape.long[index], level: values[index],
            age: Double(index), weight: weight))
      }
    }
    guard found.count > mostEach else { return found }
    return (0..<mostEach).map { found[$0 * found.count / mostEach] }
  }

  /// The distribution of the change a step of a unit, in units of its own pace, from its shape at an index.
  func kernel(_ shape: PaceShapes, at index: Int) -> WeightedKernel {
    var weights = [Double](repeating: 0, count: changes.count)
    let byShape = 1 / Self.shapeWidth
    let byLevel = usesLevel ? 1 / (Self.levelWidth * levelSpread) : 0
    let level = shape.history.values[index]
    let age = Double.log(onePlus: Double(index))
    var largest = 1e-12
    do {
      let short = shorts.span
      let middle = middles.span
      let long = longs.span
      let levels = levels.span
      let ages = ages.span
      let priors = priors.span
      var weights = weights.mutableSpan
      let (ownShort, ownMiddle, ownLong) = (
        shape.short[index], shape.middle[index], shape.long[index]
      )
      for place in short.indices {
        let a = (short[place] - ownShort) * byShape
        let b = (middle[place] - ownMiddle) * byShape
        let c = (long[place] - ownLong) * byShape
        let d = (levels[place] - level) * byLevel
        let e = (ages[place] - age) / Self.ageWidth
        let distance = (a * a + b * b) + (c * c + d * d) + e * e
        let weight = priors[place] * Double.exp(-0.5 * distance)
        weights[place] = weight
        largest = max(largest, weight)
      }
      for place in weights.indices {
        weights[place] += Self.leastWeight * largest * priors[place]
      }
    }
    return WeightedKernel(ascending: changes, weights: weights) { spread, _ in spread + 0.1 }
  }
}

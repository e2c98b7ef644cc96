import Statistics

/// Standard normals that are drawn only where they are asked for, always the same.
struct LateNormals: Sendable {
  private let key: StreamKey
  private let count: Int
  private var values: [Double]?
  private var common: Common?

  /// The part that is shared with others, and the weights of both parts.
  private struct Common {
    let values: [Double]
    let shared: Double
    let rest: Double
  }

  init(key: StreamKey, count: Int) {
    self.key = key
    self.count = count
  }

  /// All of them.
  var all: [Double] { values ?? self[0..<count] }

  /// Those at a range of places.
  subscript(range: Range<Int>) -> [Double] {
    if let values { return Array(values[range]) }
    var stream = RandomStream(key)
    stream.skip(range.lowerBound)
    var drawn = [Double](repeating: 0, count: range.count)
    stream.fillNormals(&drawn)
    if let common {
      Forecasting.mix(
        common.values.span.extracting(range), common.shared, into: &drawn, common.rest)
    }
    return drawn
  }

  /// Draws them all, for many to read.
  mutating func draw() { values = all }

  /// Makes them √ρ × common + √(1 − ρ) × own; `other` should be drawn when it is mixed with many.
  mutating func mix(_ other: LateNormals, _ shared: Double, _ rest: Double) {
    if values != nil || common != nil {
      var mixed = all
      Forecasting.mix(other.all.span, shared, into: &mixed, rest)
      values = mixed
    } else {
      common = Common(values: other.all, shared: shared, rest: rest)
    }
  }
}

/// Replaces each of `own` by `shared` × common + `rest` × own.
func mix(
  _ common: Span<Double>, _ shared: Double, into own: inout [Double], _ rest: Double
) {
  var own = own.mutableSpan
  precondition(own.count == common.count, "common and own shocks share their grid")
  for index in common.indices { own[index] = shared * common[index] + rest * own[index] }
}

/// Quantiles of many numbers by counting them in narrow classes.
struct QuantileSampler: Sendable {
  private static let classes = 512
  private var counts = [Int32](repeating: 0, count: classes + 1)
  private let count: Int

  init(count: Int) { self.count = count }

  /// Ascending quantiles, on the line between the edges of a class: within a hundredth of the standard deviation.
  mutating func quantiles(_ values: [SIMD8<Double>], _ probabilities: [Double]) -> [Double] {
    var sum = SIMD8<Double>()
    var squares = SIMD8<Double>()
    var low = values[0]
    var high = values[0]
    let reference = SIMD8<Double>(repeating: values[0][0])
    for vector in values {
      let distance = vector - reference
      sum += distance
      squares += distance * distance
      low = pointwiseMin(low, vector)
      high = pointwiseMax(high, vector)
    }
    let size = Double(count)
    let shift = sum.sum() / size
    let deviation = max(squares.sum() / size - shift * shift, 0).squareRoot()
    let mean = reference[0] + shift
    // Four deviations hold what the outer quantiles need, but for very heavy tails.
    let bottom = max(low.min(), mean - 4 * deviation)
    let top = min(high.max(), mean + 4 * deviation)
    guard top > bottom, top.isFinite, bottom.isFinite else {
      return Self.sorted(values, probabilities)
    }
    let width = (top - bottom) / Double(Self.classes)
    let scale = SIMD8<Double>(repeating: 1 / width)
    let from = SIMD8<Double>(repeating: bottom)
    let end = SIMD8<Double>(repeating: Double(Self.classes) - 0.5)
    for index in counts.indices { counts[index] = 0 }
    var classCounts = counts.mutableSpan
    for vector in values {
      let places = pointwiseMax(pointwiseMin((vector - from) * scale, end), SIMD8())
      for lane in 0..<8 { classCounts[Int(places[lane])] += 1 }
    }
    var result: [Double] = []
    result.reserveCapacity(probabilities.count)
    var index = 0
    var below = 0.0
    for probability in probabilities {
      let wanted = probability * size
      while index < Self.classes - 1, below + Double(counts[index]) < wanted {
        below += Double(counts[index])
        index += 1
      }
      let share = (wanted - below) / max(Double(counts[index]), 1)
      result.append(bottom + width * (Double(index) + min(max(share, 0), 1)))
    }
    let outer = Double(max(counts[0], counts[Self.classes - 1]))
    let isHeavy = low.min() < bottom || high.max() > top
    if isHeavy && outer > 0.8 * size * probabilities[0] {
      return Self.sorted(values, probabilities)
    }
    return result
  }

  private static func sorted(_ values: [SIMD8<Double>], _ probabilities: [Double]) -> [Double] {
    var all: [Double] = []
    all.reserveCapacity(8 * values.count)
    for vector in values {
      for lane in 0..<8 { all.append(vector[lane]) }
    }
    all.sort()
    return probabilities.map { probability in
      let place = probability * Double(all.count) - 0.5
      let below = Int(place)
      return all[below] + (place - Double(below)) * (all[below + 1] - all[below])
    }
  }
}

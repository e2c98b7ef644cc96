import Forecasting
import RealModule

// Loops over paths: z is a row of one step on the link scale, e the effect of each path, k the driver's
// difference behind the lag. A path moves to z + e·k.

/// How many paths lie at or beyond a threshold of the link scale.
func countMet(
  _ z: Span<Double>, _ effects: Span<Double>, by k: Double, threshold: Double, isUpward: Bool
) -> Int {
  precondition(z.count == effects.count, "one effect for each path")
  var count = 0
  if isUpward {
    for path in z.indices { count &+= z[path] + effects[path] * k >= threshold ? 1 : 0 }
  } else {
    for path in z.indices { count &+= z[path] + effects[path] * k <= threshold ? 1 : 0 }
  }
  return count
}

/// Marks the paths that lie at or beyond a threshold, and counts all that are marked.
func mark(
  _ z: Span<Double>, _ effects: Span<Double>, by k: Double, threshold: Double, isUpward: Bool,
  in marks: inout [Bool]
) -> Int {
  var marks = marks.mutableSpan
  precondition(z.count == effects.count && marks.count == z.count, "one mark for each path")
  var count = 0
  for path in z.indices {
    let moved = z[path] + effects[path] * k
    let isMet = marks[path] || (isUpward ? moved >= threshold : moved <= threshold)
    marks[path] = isMet
    count &+= isMet ? 1 : 0
  }
  return count
}

/// Writes the moved paths.
func shift(
  _ z: Span<Double>, _ effects: Span<Double>, by k: Double, into moved: inout [Double]
) {
  var moved = moved.mutableSpan
  precondition(z.count == effects.count && moved.count == z.count, "one place for each path")
  for path in z.indices { moved[path] = z[path] + effects[path] * k }
}

/// Adds weight × value of the moved paths to `sums` from a place on; values are clamped to the range.
func addValues(
  _ z: Span<Double>, _ effects: Span<Double>, by k: Double, weight: Double, link: Link,
  range: ValueRange, to sums: inout [Double], at start: Int
) {
  var sums = sums.mutableSpan
  precondition(z.count == effects.count && start + z.count <= sums.count, "one sum for each path")
  guard case .logit(let lower, let upper, let offset) = link else {
    for path in z.indices {
      sums[start + path] += weight * range.clamp(link.inverse(z[path] + effects[path] * k))
    }
    return
  }
  // The same as above without asking for the link at each path.
  let width = upper - lower
  let full = 1 + 2 * offset
  for path in z.indices {
    let share = full / (1 + Double.exp(-(z[path] + effects[path] * k))) - offset
    sums[start + path] += weight * (lower + width * min(max(share, 0), 1))
  }
}

/// A target on the link scale.
struct LinkThreshold: Sendable {
  let value: Double
  let isUpward: Bool

  /// Values are clamped to the range on the way back, so a threshold beyond it is never met.
  init(_ rule: TargetRule, link: Link, range: ValueRange) {
    isUpward = rule.isUpward
    let edge = rule.edge
    if isUpward, let upper = range.upper, edge > upper {
      value = .infinity
    } else if !isUpward, let lower = range.lower, edge < lower {
      value = -.infinity
    } else if isUpward, let lower = range.lower, edge <= lower {
      value = -.infinity
    } else if !isUpward, let upper = range.upper, edge >= upper {
      value = .infinity
    } else {
      value = link.forward(edge)
    }
  }
}

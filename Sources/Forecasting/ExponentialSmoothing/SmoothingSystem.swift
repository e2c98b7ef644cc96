/// Normal equations of a few unknowns, the first of which are confined to a box.
struct SmoothingSystem: Sendable {
  let count: Int
  /// Σe² at the point of the equations.
  private(set) var sumOfSquares = 0.0
  /// The step to take back from the point.
  private(set) var step: [Double]
  /// Jᵀf/G².
  private(set) var gradient: [Double]
  private var matrix: [Double]
  private var factor: [Double]
  private var free: [Int]
  private var solution: [Double]

  init(count: Int) {
    self.count = count
    matrix = [Double](repeating: 0, count: count * count)
    factor = matrix
    gradient = [Double](repeating: 0, count: count)
    step = gradient
    solution = gradient
    free = []
    free.reserveCapacity(count)
  }

  /// Takes the products DᵀD of the derivatives of e, with e itself as the column after the last, and turns them into those of
  /// f = Ge over G: the derivative of f is G (D + e uᵀ), u being the derivative of ln G.
  mutating func assemble(_ products: Span<Double>, width: Int, drift: Span<Double>) {
    let last = count * width
    sumOfSquares = products[last + count]
    // Taken out for the while: a span of a property would lock all others.
    var entries: [Double] = []
    swap(&entries, &matrix)
    var matrix = entries.mutableSpan
    for row in 0..<count {
      let own = products[last + row]
      gradient[row] = own + drift[row] * sumOfSquares
      for column in 0...row {
        matrix[row * count + column] =
          products[row * width + column] + own * drift[column]
          + drift[row] * (products[last + column] + drift[column] * sumOfSquares)
      }
    }
    swap(&entries, &self.matrix)
  }

  /// Solves with the diagonal enlarged by a factor 1 + damping, keeping the unknowns of the box inside.
  ///
  /// An unknown that would leave the box goes to its edge, and the others are solved again with that.
  ///
  /// - Parameters:
  ///   - damping: At least 0.
  ///   - point: Where the equations hold.
  ///   - box: The edges of the first unknowns.
  ///   - reach: The longest step of such an unknown, as a share of its edge.
  /// - Returns: The decrease of Σf²/G² that the equations promise; `nil` where they are not positive definite.
  mutating func solve(
    damping: Double, from point: Span<Double>, within box: [ClosedRange<Double>], reach: Double
  ) -> Double? {
    free.removeAll(keepingCapacity: true)
    for index in 0..<count {
      step[index] = 0
      if index < box.count {
        let edge = box[index]
        if point[index] <= edge.lowerBound && gradient[index] > 0 { continue }
        if point[index] >= edge.upperBound && gradient[index] < 0 { continue }
      }
      free.append(index)
    }
    while true {
      guard solveFree(damping) else { return nil }
      var kept: [Int] = []
      for index in free {
        guard index < box.count else { break }
        let edge = box[index]
        let longest = reach * (edge.upperBound - edge.lowerBound)
        let bounded = min(max(step[index], -longest), longest)
        let reached = point[index] - bounded
        let inside = min(max(reached, edge.lowerBound), edge.upperBound)
        if bounded == step[index] && reached == inside { continue }
        step[index] = point[index] - inside
        kept.append(index)
      }
      guard !kept.isEmpty else { break }
      free.removeAll(where: kept.contains)
      if free.isEmpty { break }
    }
    var promised = 0.0
    let matrix = matrix.span
    for row in 0..<count {
      var across = 0.5 * matrix[row * count + row] * step[row]
      for column in 0..<row { across += matrix[row * count + column] * step[column] }
      promised += 2 * step[row] * (gradient[row] - across)
    }
    return promised
  }

  /// What the curvature says of functions of the unknowns: L⁻¹g for a gradient g, L Lᵀ being JᵀJ/G² of the unknowns inside the
  /// box.
  ///
  /// The squared length of the result, times σ², is the variance that estimation gives the function (the delta method).
  mutating func whitened(
    _ gradients: [[Double]], from point: Span<Double>, within box: [ClosedRange<Double>]
  ) -> [[Double]]? {
    free.removeAll(keepingCapacity: true)
    for index in 0..<count {
      step[index] = 0
      if index < box.count {
        let edge = box[index]
        let margin = 1e-6 * (edge.upperBound - edge.lowerBound)
        if point[index] <= edge.lowerBound + margin || point[index] >= edge.upperBound - margin {
          continue
        }
      }
      free.append(index)
    }
    guard solveFree(1e-9) else { return nil }
    return gradients.map { gradient in
      var white = free.map { gradient[$0] }
      for row in white.indices {
        for k in 0..<row { white[row] -= factor[row * count + k] * white[k] }
        white[row] /= factor[row * count + row]
      }
      return white
    }
  }

  /// Solves for the free unknowns, the others keeping their steps.
  private mutating func solveFree(_ damping: Double) -> Bool {
    var factors: [Double] = []
    var solutions: [Double] = []
    swap(&factors, &factor)
    swap(&solutions, &solution)
    let isSolved = solveFree(damping, &factors, &solutions)
    swap(&factors, &factor)
    swap(&solutions, &solution)
    guard isSolved else { return false }
    for row in free.indices { step[free[row]] = solution[row] }
    return true
  }

  private func solveFree(
    _ damping: Double, _ factors: inout [Double], _ solutions: inout [Double]
  ) -> Bool {
    let matrix = matrix.span
    let free = free.span
    var factor = factors.mutableSpan
    var solution = solutions.mutableSpan
    var largest = 0.0
    for row in 0..<count { largest = max(largest, matrix[row * count + row]) }
    let size = free.count
    // The steps of those at the edge move to the right-hand side.
    for row in 0..<size {
      let index = free[row]
      var right = gradient[index]
      if size < count {
        var next = 0
        for other in 0..<count {
          if next < size && free[next] == other {
            next += 1
            continue
          }
          let entry =
            index > other ? matrix[index * count + other] : matrix[other * count + index]
          right -= entry * step[other]
        }
      }
      solution[row] = right
    }
    for row in 0..<size {
      let offset = free[row] * count
      for column in 0...row {
        var sum = matrix[offset + free[column]]
        if row == column { sum += damping * sum + 1e-14 * largest }
        for k in 0..<column { sum -= factor[row * count + k] * factor[column * count + k] }
        if row == column {
          guard sum > 0, sum.isFinite else { return false }
          factor[row * count + row] = sum.squareRoot()
        } else {
          factor[row * count + column] = sum / factor[column * count + column]
        }
      }
    }
    for row in 0..<size {
      var sum = solution[row]
      for k in 0..<row { sum -= factor[row * count + k] * solution[k] }
      solution[row] = sum / factor[row * count + row]
    }
    for row in stride(from: size - 1, through: 0, by: -1) {
      var sum = solution[row]
      for k in (row + 1)..<max(size, row + 1) { sum -= factor[k * count + row] * solution[k] }
      solution[row] = sum / factor[row * count + row]
    }
    return true
  }
}

/// What estimation leaves open about the parameters of a theta model.
///
/// The covariance σ²(JᵀJ + P)⁻¹ of α, ω and ℓ₀, J being the derivatives of the errors and P a weak prior (standard deviation 0.3 of
/// α and of ω) that keeps directions without information finite.
struct ThetaUncertainty: Sendable {
  let alternatives: [(low: ThetaProcess.Alternative, high: ThetaProcess.Alternative)]
  private static let priorDeviation = 0.3

  init(_ estimate: ThetaProblem.Estimate) {
    let filter = estimate.filter
    let point = estimate.parameters
    let step = 1e-5
    var moved = point
    moved.alpha += point.alpha > 0.5 ? -step : step
    let change = moved.alpha - point.alpha
    let other = filter.pass(moved).errors
    let own = estimate.pass.errors
    var columns: [[Double]] = [
      (filter.burnIn..<own.count).map { (other[$0] - own[$0]) / change }
    ]
    let exact = filter.columns(alpha: point.alpha)
    if filter.variant.isOptimized { columns.append(exact.weight) }
    columns.append(exact.level)
    // In units of σ: JᵀJ/σ² + P, factored from its last row on, so that L⁻ᵀ gives the directions.
    let count = columns.count
    var information = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0...row {
        var sum = 0.0
        for index in columns[row].indices { sum += columns[row][index] * columns[column][index] }
        information[row * count + column] = sum / estimate.variance
      }
      // The start is of the size of the values, which is about 1.
      let prior = row == count - 1 ? 1.0 : Self.priorDeviation
      information[row * count + row] += 1 / (prior * prior)
    }
    for row in 0..<count {
      for column in 0...row {
        var sum = information[row * count + column]
        for k in 0..<column {
          sum -= information[row * count + k] * information[column * count + k]
        }
        information[row * count + column] =
          row == column ? max(sum, 1e-12).squareRoot() : sum / information[column * count + column]
      }
    }
    var found: [(low: ThetaProcess.Alternative, high: ThetaProcess.Alternative)] = []
    for direction in 0..<count {
      // Solves Lᵀx = e: the directions of standard deviation 1, independent of each other.
      var x = [Double](repeating: 0, count: count)
      x[direction] = 1 / information[direction * count + direction]
      for row in stride(from: direction - 1, through: 0, by: -1) {
        var sum = 0.0
        for k in (row + 1)...direction { sum -= information[k * count + row] * x[k] }
        x[row] = sum / information[row * count + row]
      }
      let ends = [-1.0, 1.0].map { side in
        var trial = point
        trial.alpha = min(max(point.alpha + side * x[0], 0.02), 1)
        if filter.variant.isOptimized {
          trial.weight = min(max(point.weight + side * x[1], 0), 1)
        }
        trial.level = point.level + side * x[count - 1]
        return ThetaProcess.Alternative(
          alpha: trial.alpha, weight: trial.weight, level: filter.pass(trial).level)
      }
      found.append((ends[0], ends[1]))
    }
    alternatives = found
  }
}

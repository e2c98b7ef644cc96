/// Normal equations of a few unknowns, solved with one damping after another.
struct NormalEquations: Sendable {
  private let count: Int
  private var matrix: [Double]
  /// Jᵀf.
  private(set) var right: [Double]
  private var isFixed: [Bool]

  /// - Parameters:
  ///   - jacobian: Four columns side by side, group after group, as many rows as residuals.
  ///   - residuals: f.
  ///   - count: The number of columns that count.
  init(jacobian: [Lanes], residuals: [Double], count: Int) {
    self.count = count
    matrix = [Double](repeating: 0, count: count * count)
    right = [Double](repeating: 0, count: count)
    isFixed = [Bool](repeating: false, count: count)
    let length = residuals.count
    let groups = (count + 3) / 4
    let columns = jacobian.span
    let f = residuals.span
    for group in 0..<groups {
      var gradient = Lanes()
      for t in 0..<length { gradient += columns[group * length + t] * f[t] }
      for lane in 0..<min(4, count - 4 * group) { right[4 * group + lane] = gradient[lane] }
      for other in 0...group {
        var first = Lanes()
        var second = Lanes()
        var third = Lanes()
        var fourth = Lanes()
        for t in 0..<length {
          let row = columns[group * length + t]
          let column = columns[other * length + t]
          first += column * row[0]
          second += column * row[1]
          third += column * row[2]
          fourth += column * row[3]
        }
        for (lane, products) in [first, second, third, fourth].enumerated() {
          let i = 4 * group + lane
          guard i < count else { break }
          for j in 0..<4 where 4 * other + j < count {
            matrix[i * count + 4 * other + j] = products[j]
            matrix[(4 * other + j) * count + i] = products[j]
          }
        }
      }
    }
  }

  /// Leaves an unknown where it is.
  mutating func fix(_ index: Int) { isFixed[index] = true }

  /// The step of a damping that enlarges the diagonal by a factor 1 + damping; `nil` where no step exists.
  func solution(damping: Double) -> [Double]? {
    var factor = matrix
    var solution = right
    var largest = 0.0
    for i in 0..<count { largest = max(largest, matrix[i * count + i]) }
    guard largest > 0, largest.isFinite else { return nil }
    for i in 0..<count {
      if isFixed[i] {
        for j in 0..<count {
          factor[i * count + j] = 0
          factor[j * count + i] = 0
        }
        factor[i * count + i] = 1
        solution[i] = 0
      } else {
        factor[i * count + i] += damping * factor[i * count + i] + 1e-13 * largest
      }
    }
    for i in 0..<count {
      for j in 0...i {
        var sum = factor[i * count + j]
        for k in 0..<j { sum -= factor[i * count + k] * factor[j * count + k] }
        if i == j {
          guard sum > 0, sum.isFinite else { return nil }
          factor[i * count + i] = sum.squareRoot()
        } else {
          factor[i * count + j] = sum / factor[j * count + j]
        }
      }
    }
    for i in 0..<count {
      for k in 0..<i { solution[i] -= factor[i * count + k] * solution[k] }
      solution[i] /= factor[i * count + i]
    }
    for i in stride(from: count - 1, through: 0, by: -1) {
      for k in (i + 1)..<max(count, i + 1) { solution[i] -= factor[k * count + i] * solution[k] }
      solution[i] /= factor[i * count + i]
    }
    return solution
  }

  /// How much a step δ lowers Σf² by this linear model: 2 δᵀJᵀf − δᵀJᵀJδ.
  func decrease(_ step: [Double]) -> Double {
    var total = 0.0
    for i in 0..<count where !isFixed[i] {
      var product = 0.0
      for j in 0..<count where !isFixed[j] { product += matrix[i * count + j] * step[j] }
      total += step[i] * (2 * right[i] - product)
    }
    return total
  }
}

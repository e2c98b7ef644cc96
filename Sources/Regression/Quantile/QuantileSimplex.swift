import LinearAlgebra
import Statistics

/// The linear programme of quantile regression, solved from vertex to vertex.
///
/// A vertex fits p observations exactly. From it one of them is let go into the steepest of the 2p
/// directions, as far as the sum falls, past other observations (I. Barrodale and F. D. K. Roberts,
/// SIAM J. Numerical Analysis 10, 1973; R. W. Koenker and V. d'Orey, Applied Statistics 36, 1987).
/// Ties are taken apart by small shifts of the response, which leave the optimal vertex optimal.
struct QuantileSimplex {
  let q: Matrix
  let response: [Double]
  let probability: Double

  struct Optimum {
    /// The p observations fitted exactly.
    var basis: [Int]
    /// Whether no other coefficients do as well.
    var isUnique: Bool
  }

  /// The optimal vertex, from least squares with the residuals given.
  func solve(residuals: [Double], limit: Int) throws(QuantileError) -> Optimum {
    let n = response.count
    let sum = residuals.reduce(0) { $0 + $1 * $1 }
    let largest = response.reduce(0) { max($0, abs($1)) }
    let spread = max((sum / Double(n)).squareRoot(), 1e-6 * largest)
    let zero = 1e-12 * max(spread, largest)
    var stream = RandomStream(StreamKey(seed: 1, purpose: "quantile regression"))
    let noise = (0..<n).map { _ in stream.uniform() - 0.5 }
    var optimum = Optimum(basis: start(residuals), isUnique: true)
    for size in [1e-7, 1e-9, 1e-11] {
      let shifted = zip(response, noise).map { $0 + size * (spread > 0 ? spread : 1) * $1 }
      optimum = try descend(shifted, from: optimum.basis, limit: limit)
      let moved = residualsAt(optimum.basis, shifted)
      let exact = residualsAt(optimum.basis, response)
      let agrees = zip(moved, exact).allSatisfy { abs($1) <= zero || $0 * $1 > 0 }
      if agrees { break }
    }
    return optimum
  }

  /// Independent rows with small residuals.
  private func start(_ residuals: [Double]) -> [Int] {
    let order = residuals.indices.sorted { abs(residuals[$0]) < abs(residuals[$1]) }
    for tolerance in [0.1, 1e-3, 1e-8] {
      var basis: [Int] = []
      var directions: [[Double]] = []
      for row in order where basis.count < q.columnCount {
        var x = q.row(row)
        let length = norm(x)
        for d in directions + directions {
          let along = zip(x, d).reduce(0) { $0 + $1.0 * $1.1 }
          for k in x.indices { x[k] -= along * d[k] }
        }
        let rest = norm(x)
        guard length > 0, rest > tolerance * length else { continue }
        basis.append(row)
        directions.append(x.map { $0 / rest })
      }
      if basis.count == q.columnCount { return basis }
    }
    return Array(order.prefix(q.columnCount))
  }

  private func norm(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }

  private func residualsAt(_ basis: [Int], _ y: [Double]) -> [Double] {
    guard let inverse = Matrix(rows: basis.map { q.row($0) }).inverted() else { return y }
    var result = zip(y, q * (inverse * basis.map { y[$0] })).map { $0 - $1 }
    for row in basis { result[row] = 0 }
    return result
  }

  private func descend(
    _ y: [Double], from start: [Int], limit: Int
  ) throws(QuantileError) -> Optimum {
    var basis = start
    for _ in 0..<limit {
      guard let inverse = Matrix(rows: basis.map { q.row($0) }).inverted() else {
        throw .noConvergence(iterations: limit)
      }
      let moves = q * inverse
      var residuals = zip(y, q * (inverse * basis.map { y[$0] })).map { $0 - $1 }
      for row in basis { residuals[row] = 0 }
      var isBasic = [Bool](repeating: false, count: y.count)
      for row in basis { isBasic[row] = true }

      var best: (place: Int, sign: Double, slope: Double)?
      var isUnique = true
      for j in basis.indices {
        var pull = 0.0
        var size = 0.0
        for i in y.indices where !isBasic[i] {
          let psi = residuals[i] > 0 ? probability : probability - 1
          pull += psi * moves[i, j]
          size += abs(moves[i, j])
        }
        let tolerance = 1e-11 * max(1, size)
        // The fit at this observation rises (its residual falls below 0), or falls.
        let slopes = [(1.0, 1 - probability - pull), (-1.0, probability + pull)]
        for (sign, slope) in slopes {
          if abs(slope) <= tolerance { isUnique = false }
          if slope < -tolerance && slope / (1 + size) < best?.slope ?? 0 {
            best = (j, sign, slope / (1 + size))
          }
        }
      }
      guard let best else { return Optimum(basis: basis, isUnique: isUnique) }
      guard let row = passing(residuals, moves, isBasic, best.place, best.sign) else {
        throw .noConvergence(iterations: limit)
      }
      basis[best.place] = row
    }
    throw .noConvergence(iterations: limit)
  }

  /// The observation at which the sum stops to fall in a direction.
  private func passing(
    _ residuals: [Double], _ moves: Matrix, _ isBasic: [Bool], _ place: Int, _ sign: Double
  ) -> Int? {
    var slope = sign > 0 ? 1 - probability : probability
    var crossings: [(at: Double, row: Int, size: Double)] = []
    for i in residuals.indices where !isBasic[i] {
      let move = sign * moves[i, place]
      slope -= (residuals[i] > 0 ? probability : probability - 1) * move
      // A zero residual counts as negative, as in the slope.
      guard abs(move) > 1e-12 else { continue }
      let at = residuals[i] / move
      if at > 0 || (at == 0 && move < 0) { crossings.append((at, i, abs(move))) }
    }
    crossings.sort { $0.at < $1.at }
    for crossing in crossings {
      slope += crossing.size
      if slope >= 0 { return crossing.row }
    }
    return crossings.last?.row
  }
}

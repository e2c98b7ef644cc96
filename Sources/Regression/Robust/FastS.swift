import LinearAlgebra
import Statistics

/// The S estimate: the coefficients whose residuals have the least M scale.
struct FastS {
  struct Candidate {
    /// Coefficients of the orthonormal columns.
    var coefficients: [Double]
    var scale: Double
  }

  let problem: OrthogonalDesign
  let settings: MMModel.Settings
  let loss: BisquareLoss

  init(_ problem: OrthogonalDesign, _ settings: MMModel.Settings) {
    self.problem = problem
    self.settings = settings
    loss = BisquareLoss(c: settings.breakdownTuning)
  }

  private var freedom: Int { problem.rowCount - problem.columnCount }

  /// The best of all subsamples, refined to rounding.
  func best() throws(RobustError) -> Candidate {
    var candidates: [Candidate] = []
    let sets = subsamples()
    for rows in sets {
      guard let exact = through(rows) else { continue }
      let candidate = try steps(exact, count: 2)
      if candidate.scale == 0 { throw .zeroScale }
      candidates.append(candidate)
      if candidates.count > 4 * settings.kept { shorten(&candidates) }
    }
    guard !candidates.isEmpty else { throw .singularSubsamples(sets.count) }
    shorten(&candidates)
    var best: Candidate?
    for candidate in candidates {
      let refined = try converge(candidate)
      if refined.scale < best?.scale ?? .infinity { best = refined }
    }
    guard let best, best.scale > 0 else { throw .zeroScale }
    return best
  }

  private func shorten(_ candidates: inout [Candidate]) {
    candidates.sort { $0.scale < $1.scale }
    candidates.removeLast(max(0, candidates.count - max(1, settings.kept)))
  }

  /// Sets of p rows: all there are, or as many as asked for at random.
  private func subsamples() -> [[Int]] {
    let n = problem.rowCount
    let p = problem.columnCount
    var count = 1.0
    for k in 0..<p { count *= Double(n - k) / Double(k + 1) }
    if count <= Double(settings.subsamples) + 0.5 { return combinations(n, p) }
    var stream = RandomStream(StreamKey(seed: settings.seed, purpose: "robust regression"))
    return (0..<max(1, settings.subsamples)).map { _ in
      var rows: [Int] = []
      while rows.count < p {
        let row = min(n - 1, Int(stream.uniform() * Double(n)))
        if !rows.contains(row) { rows.append(row) }
      }
      return rows
    }
  }

  private func combinations(_ n: Int, _ p: Int) -> [[Int]] {
    var result: [[Int]] = []
    var rows = Array(0..<p)
    while true {
      result.append(rows)
      guard let k = rows.indices.last(where: { rows[$0] < n - p + $0 }) else { return result }
      rows[k] += 1
      for j in rows.indices.dropFirst(k + 1) { rows[j] = rows[j - 1] + 1 }
    }
  }

  /// The coefficients that fit p rows exactly; `nil` if these depend on one another.
  private func through(_ rows: [Int]) -> [Double]? {
    let matrix = Matrix(rows: rows.map { problem.q.row($0) })
    guard let factor = try? QRFactorization(matrix), factor.reciprocalConditionNumber > 1e-10
    else { return nil }
    return try? factor.solve(rows.map { problem.response[$0] })
  }

  /// Reweighted least squares with the scale solved for anew in each step.
  private func steps(_ start: [Double], count: Int) throws(RobustError) -> Candidate {
    var found = candidate(start)
    for _ in 0..<count where found.scale > 0 {
      guard let next = step(found) else { break }
      found = next
    }
    return found
  }

  private func candidate(_ gamma: [Double], near scale: Double? = nil) -> Candidate {
    Candidate(
      coefficients: gamma,
      scale: loss.scale(problem.residuals(gamma), degreesOfFreedom: freedom, start: scale))
  }

  private func step(_ from: Candidate) -> Candidate? {
    let weights = problem.residuals(from.coefficients).map { loss.weight($0 / from.scale) }
    guard let gamma = try? problem.weighted(weights) else { return nil }
    return candidate(gamma, near: from.scale)
  }

  private func converge(_ start: Candidate) throws(RobustError) -> Candidate {
    var found = start
    let size = problem.response.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for _ in 0..<max(1, settings.maximumIterations) {
      guard found.scale > 0, let next = step(found) else { return found }
      let change = zip(next.coefficients, found.coefficients)
        .reduce(0) { max($0, abs($1.0 - $1.1)) }
      found = next
      if change <= max(1e-13 * found.scale, 1e-15 * size) { return found }
    }
    throw .noConvergence(iterations: settings.maximumIterations)
  }
}

import LinearAlgebra
import RealModule

/// Looks for the least minimum from a start and from points about it.
struct NonlinearSearch {
  /// A point that an iteration ended at.
  struct Candidate: Sendable {
    var point: [Double]
    var sumOfSquares: Double
    var ending: LevenbergMarquardt.Ending
    /// Whether the Jacobian has full rank and the iteration met a tolerance.
    var isRegular: Bool
    /// Whether a denominator changes its sign between observations.
    var hasPole: Bool
  }

  private(set) var problem: WholeProblem
  let start: [Double]
  let linear: [Int]
  let bounds: ParameterBounds
  let minimizer: LevenbergMarquardt
  private(set) var evaluations = 0
  private(set) var startsTried = 0

  init(
    _ problem: WholeProblem, start: [Double], linear: [Int], bounds: ParameterBounds,
    minimizer: LevenbergMarquardt
  ) {
    self.problem = problem
    self.start = start
    self.bounds = bounds
    self.minimizer = minimizer
    // A linear parameter with a bound cannot be solved for.
    self.linear = linear.filter { bounds.isUnbounded($0) }
  }

  private var others: [Int] { start.indices.filter { !linear.contains($0) } }

  /// The best of the minima found, `nil` when the function is finite nowhere.
  ///
  /// The start itself is tried with and without separating the linear parameters; then points
  /// whose parameters differ from it by factors up to 1.25, 3, 30 and 1000, until the best regular
  /// minimum has been reached from two different starts and the first ring is complete.
  mutating func best(rings: Int) -> Candidate? {
    var best: Candidate?
    var arrivals = 0
    func note(_ candidate: Candidate?, isNewStart: Bool) {
      guard let candidate else { return }
      guard let present = best else {
        (best, arrivals) = (candidate, 1)
        return
      }
      if isSame(candidate, present) {
        if isNewStart { arrivals += 1 }
        if distance(candidate.point) < distance(present.point) - 1e-9 { best = candidate }
      } else if isBetter(candidate, than: present) {
        (best, arrivals) = (candidate, 1)
      }
    }
    note(attempt(start, separated: true), isNewStart: true)
    note(attempt(start, separated: false), isNewStart: false)
    startsTried = 1
    let factors: [(factor: Double, count: Int)] = [(1.25, 6), (3, 12), (30, 30), (1000, 60)]
    var index = 0
    for ring in factors.prefix(rings) {
      if others.isEmpty && best?.isRegular == true { break }
      for _ in 0..<ring.count {
        index += 1
        startsTried += 1
        note(attempt(perturbed(index, by: ring.factor), separated: true), isNewStart: true)
      }
      if arrivals >= 2, let best, best.isRegular, !best.hasPole { break }
    }
    return best
  }

  /// A start whose parameters are multiplied by factors from 1/factor to factor.
  ///
  /// Low-discrepant and the same in every run: the additive recurrence of generalized golden ratios;
  /// its first dimension moves all parameters.
  private func perturbed(_ index: Int, by factor: Double) -> [Double] {
    let dimension = start.count + 1
    var golden = 1.5
    for _ in 0..<60 { golden = Double.pow(1 + golden, 1 / Double(dimension + 1)) }
    func uniform(_ axis: Int) -> Double {
      let value = 0.5 + Double(index) * Double.pow(golden, -Double(axis + 1))
      return 2 * (value - value.rounded(.down)) - 1
    }
    let width = Double.log(factor)
    let shared = factor > 2 ? 0.5 * uniform(0) : 0
    var point = start
    for j in start.indices {
      let own = (factor > 2 ? 0.5 : 1) * uniform(j + 1)
      let move = width * (shared + own)
      point[j] = start[j] == 0 ? move : start[j] * Double.exp(move)
    }
    return bounds.clamped(point)
  }

  /// Minimizes from one point.
  private mutating func attempt(_ point: [Double], separated: Bool) -> Candidate? {
    var point = point
    if separated, !linear.isEmpty {
      var reduced = SeparatedProblem(problem, linear: linear, start: point)
      let outcome = minimizer.minimize(
        &reduced, from: others.map { point[$0] }, bounds: bounds.selecting(others))
      evaluations += outcome.evaluations
      guard outcome.ending != .notFinite || outcome.sumOfSquares.isFinite else { return nil }
      var unused = [Double](repeating: 0, count: problem.residualCount)
      guard reduced.residuals(at: outcome.point, into: &unused) else { return nil }
      point = reduced.parameters
    } else if separated, startsTried == 1 {
      return nil
    }
    let outcome = minimizer.minimize(&problem, from: point, bounds: bounds)
    evaluations += outcome.evaluations
    guard outcome.sumOfSquares.isFinite else { return nil }
    return candidate(outcome)
  }

  private mutating func candidate(_ outcome: LevenbergMarquardt.Outcome) -> Candidate {
    var candidate = Candidate(
      point: outcome.point, sumOfSquares: outcome.sumOfSquares, ending: outcome.ending,
      isRegular: false, hasPole: false)
    guard let jacobian = problem.jacobian(at: outcome.point) else { return candidate }
    candidate.hasPole = problem.work.hasPole
    var residuals = [Double](repeating: 0, count: problem.residualCount)
    guard problem.residuals(at: outcome.point, into: &residuals) else { return candidate }
    let gradient = jacobian.transposedTimes(residuals)
    let free = outcome.point.indices.filter {
      bounds.isFree($0, at: outcome.point[$0], gradient: gradient[$0])
    }
    let solution = try? LeastSquares.solve(
      design: jacobian.selecting(columns: free), response: residuals)
    let hasEnded = [.gradient, .step, .cost].contains(outcome.ending)
    candidate.isRegular =
      hasEnded
      && solution.map { $0.rank == free.count && $0.conditionEstimate < 1e13 } ?? false
    return candidate
  }

  private func isSame(_ a: Candidate, _ b: Candidate) -> Bool {
    a.isRegular == b.isRegular && a.hasPole == b.hasPole
      && abs(a.sumOfSquares - b.sumOfSquares)
        <= 1e-7 * max(a.sumOfSquares, b.sumOfSquares) + tiny
  }

  /// Sums of squares below this are rounding of an exact fit.
  private var tiny: Double { 1e-26 * compensatedSumOfSquares(problem.response) }

  /// A pole between observations fits one of them and nothing else; a minimum that the data do not
  /// determine has to fit much better than one they do.
  private func isBetter(_ a: Candidate, than b: Candidate) -> Bool {
    if a.hasPole != b.hasPole { return b.hasPole && (a.isRegular || !b.isRegular) }
    if a.isRegular != b.isRegular {
      return a.isRegular
        ? a.sumOfSquares < 2 * b.sumOfSquares + tiny : 2 * a.sumOfSquares + tiny < b.sumOfSquares
    }
    return a.sumOfSquares < b.sumOfSquares
  }

  /// How far a point is from the start.
  ///
  /// Squares of logarithms of ratios: a convex cost, so that of parameters that may change places
  /// the smaller goes to the smaller start. Linear parameters count little: they follow the others.
  func distance(_ point: [Double]) -> Double {
    let count = point.count
    return (0..<count).reduce(0) { sum, j in
      let weight = linear.contains(j) ? 1e-3 : 1.0
      return sum + weight * Self.distance(point[j], start[j])
    }
  }

  private static func distance(_ a: Double, _ b: Double) -> Double {
    if a == b { return 0 }
    guard a != 0, b != 0 else { return 25 }
    let logarithm = Double.log(abs(a / b))
    return min(1000, logarithm * logarithm) + ((a < 0) == (b < 0) ? 0 : 1000)
  }

  /// Of the points that fit the same because parameters may change places or signs, the one nearest
  /// the start.
  mutating func nearestEquivalent(to candidate: Candidate) -> [Double] {
    var best = candidate.point
    for _ in 0..<best.count {
      let next = nearestExchange(of: best, sumOfSquares: candidate.sumOfSquares)
      if next == best { break }
      best = next
    }
    return best
  }

  /// The nearest of the points that one exchange or change of sign leads to.
  private mutating func nearestExchange(of center: [Double], sumOfSquares: Double) -> [Double] {
    var best = center
    let free = others
    var exchanges: [[Double]] = []
    for (place, i) in free.enumerated() {
      var flipped = center
      flipped[i] = -flipped[i]
      exchanges.append(flipped)
      for j in free[(place + 1)...] {
        var swapped = center
        swapped.swapAt(i, j)
        exchanges.append(swapped)
      }
    }
    var residuals = [Double](repeating: 0, count: problem.residualCount)
    for var point in exchanges where bounds.clamped(point) == point {
      if !linear.isEmpty {
        var reduced = SeparatedProblem(problem, linear: linear, start: point)
        guard reduced.residuals(at: free.map { point[$0] }, into: &residuals) else { continue }
        point = reduced.parameters
      }
      guard problem.residuals(at: point, into: &residuals) else { continue }
      let cost = compensatedSumOfSquares(residuals)
      guard cost <= sumOfSquares * (1 + 1e-9) + tiny else { continue }
      if distance(point) < distance(best) - 1e-9 { best = point }
    }
    return best
  }
}

/// The least Σe² of a theta model over α in 0.1...0.99, with ℓ₀ and ω at their best for each.
///
/// The profile may have several valleys, so a grid finds them, and eight points at a time close in on the two deepest.
struct ThetaSearch: Sendable {
  static let lowest = 0.1
  static let highest = 0.99
  private static let gridCount = 24
  private static let rounds = 10

  let parameters: ThetaParameters
  let sumOfSquares: Double

  init(_ filter: ThetaFilter) {
    let step = (Self.highest - Self.lowest) / Double(Self.gridCount - 1)
    var grid: [(alpha: Double, sum: Double)] = []
    var best = ThetaFilter.Profile()
    var place = (sum: Double.infinity, parameters: ThetaParameters(alpha: 0, weight: 0, level: 0))
    func look(_ alphas: SIMD8<Double>) {
      best = filter.profile(alphas)
      for lane in 0..<8 where best.sums[lane] < place.sum {
        place.sum = best.sums[lane]
        place.parameters = ThetaParameters(
          alpha: best.alphas[lane], weight: best.weights[lane], level: best.levels[lane])
      }
    }
    for block in 0..<(Self.gridCount / 8) {
      var alphas = SIMD8<Double>()
      for lane in 0..<8 { alphas[lane] = Self.lowest + step * Double(8 * block + lane) }
      look(alphas)
      for lane in 0..<8 { grid.append((alphas[lane], best.sums[lane])) }
    }
    let valleys = grid.indices.filter { index in
      (index == 0 || grid[index].sum <= grid[index - 1].sum)
        && (index == grid.count - 1 || grid[index].sum < grid[index + 1].sum)
    }.sorted { (grid[$0].sum, $0) < (grid[$1].sum, $1) }
    for valley in valleys.prefix(2) {
      var centre = grid[valley].alpha
      var reach = step
      for _ in 0..<Self.rounds {
        let low = max(Self.lowest, centre - reach)
        let high = min(Self.highest, centre + reach)
        var alphas = SIMD8<Double>()
        for lane in 0..<8 { alphas[lane] = low + (high - low) * Double(lane) / 7 }
        look(alphas)
        var least = 0
        for lane in 1..<8 where best.sums[lane] < best.sums[least] { least = lane }
        centre = alphas[least]
        reach = (high - low) / 7
        if reach < 1e-7 { break }
      }
    }
    parameters = place.parameters
    sumOfSquares = place.sum
  }
}

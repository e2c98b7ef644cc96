import LinearAlgebra

/// The means of units, and of times, that are swept out of every column.
///
/// Two-way effects of an unbalanced panel are projected out exactly: unit means come off first, then
/// the dummies of times with their own unit means taken off (T. Wansbeek and A. Kapteyn, J.
/// Econometrics 41, 1989).
struct FixedEffects {
  let units: [Int]
  let unitCount: Int
  let times: [Int]
  let timeCount: Int
  private let unitSizes: [Double]
  /// The Cholesky factor for the times kept: one of each connected part is left out.
  private let factor: CholeskyFactorization?
  private let keptTimes: [Int]

  /// The coefficients that the effects take: units, and times less one for each connected part.
  let absorbedCount: Int

  /// Numbers units and times from 0 in ascending order; `nil` times for one-way effects.
  init(units: [Int], times: [Int]?) throws(PanelError) {
    (self.units, unitCount) = Self.places(units)
    (self.times, timeCount) = Self.places(times ?? [])
    var sizes = [Double](repeating: 0, count: unitCount)
    for u in self.units { sizes[u] += 1 }
    unitSizes = sizes
    guard unitCount > 1, times == nil || timeCount > 1 else {
      throw .tooFewGroups(units: unitCount, times: times == nil ? nil : timeCount)
    }
    guard times != nil else {
      (factor, keptTimes, absorbedCount) = (nil, [], unitCount)
      return
    }
    keptTimes = Self.kept(self.units, unitCount, self.times, timeCount)
    absorbedCount = unitCount + keptTimes.count
    var gram = Matrix(rowCount: timeCount, columnCount: timeCount)
    var members = [[Int]](repeating: [], count: unitCount)
    for (row, u) in self.units.enumerated() { members[u].append(self.times[row]) }
    for (u, own) in members.enumerated() {
      for a in own {
        gram[a, a] += 1
        for b in own { gram[a, b] -= 1 / sizes[u] }
      }
    }
    var part = Matrix(rowCount: keptTimes.count, columnCount: keptTimes.count)
    for (i, a) in keptTimes.enumerated() {
      for (j, b) in keptTimes.enumerated() { part[i, j] = gram[a, b] }
    }
    do throws(FactorizationError) {
      factor = try CholeskyFactorization(part)
    } catch {
      throw .regression(RegressionError(error))
    }
  }

  private static func places(_ values: [Int]) -> ([Int], Int) {
    let order = Set(values).sorted()
    let position = Dictionary(uniqueKeysWithValues: zip(order, order.indices))
    return (values.map { position[$0] ?? 0 }, order.count)
  }

  /// All times but the first of each part that units and times connect.
  private static func kept(
    _ units: [Int], _ unitCount: Int, _ times: [Int], _ timeCount: Int
  ) -> [Int] {
    var parent = Array(0..<(unitCount + timeCount))
    func root(_ place: Int) -> Int {
      var place = place
      while parent[place] != place { place = parent[place] }
      return place
    }
    for (u, t) in zip(units, times) {
      let (a, b) = (root(u), root(unitCount + t))
      if a != b { parent[max(a, b)] = min(a, b) }
    }
    var seen: Set<Int> = []
    return (0..<timeCount).filter { !seen.insert(root(unitCount + $0)).inserted }
  }

  /// A column without its effects; swept twice, so that rounding of large means goes too.
  func swept(_ values: [Double]) -> [Double] { sweep(sweep(values)) }

  private func sweep(_ values: [Double]) -> [Double] {
    let within = centred(values)
    guard let factor else { return within }
    var sums = [Double](repeating: 0, count: timeCount)
    for (row, t) in times.enumerated() { sums[t] += within[row] }
    let solved = factor.solve(keptTimes.map { sums[$0] })
    var effects = [Double](repeating: 0, count: timeCount)
    for (k, t) in keptTimes.enumerated() { effects[t] = solved[k] }
    return centred(zip(within, times).map { $0 - effects[$1] })
  }

  private func centred(_ values: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: unitCount)
    for (row, u) in units.enumerated() { sums[u] += values[row] }
    for u in sums.indices { sums[u] /= unitSizes[u] }
    return zip(values, units).map { $0 - sums[$1] }
  }
}

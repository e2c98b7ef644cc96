/// States given all values, by the backward recursions of [DK12] §4.4 and, where start states are diffuse, §5.3.
struct StateSmoother: Sendable {
  /// α̂, a row of m a period.
  private(set) var states: [[Double]] = []
  /// V, the m × m covariances of α̂, a period.
  private(set) var covariances: [[Double]] = []

  private let system: StateSpaceSystem
  private let m: Int

  /// `record` is what the filter kept of the same values with the same system.
  init(
    _ system: StateSpaceSystem, record: StateSpaceFilter.Record, y: [Double], regressors: [Double]
  ) {
    self.system = system
    m = system.stateCount
    var back = Backward(count: m)
    states = [[Double]](repeating: [], count: y.count)
    covariances = states
    for t in y.indices.reversed() {
      let p = record.covariances[t]
      let isDiffuse = t < record.diffuseCovariances.count
      let q = isDiffuse ? record.diffuseCovariances[t] : []
      if t + 1 < y.count { back.retreat(system) }
      if !y[t].isNaN {
        back.learn(
          y[t], system: system, loads: system.loads(regressors, period: t), a: record.states[t],
          p: p, q: q)
      }
      var state = record.states[t]
      for row in 0..<m {
        for k in 0..<m {
          state[row] += p[row * m + k] * back.r0[k]
          if isDiffuse { state[row] += q[row * m + k] * back.r1[k] }
        }
      }
      states[t] = state
      covariances[t] = back.covariance(p: p, q: q)
    }
  }

  /// The variance of a sum of states in a period.
  func variance(of loads: [(state: Int, load: Double)], at t: Int) -> Double {
    var sum = 0.0
    for (row, left) in loads {
      for (column, right) in loads { sum += left * right * covariances[t][row * m + column] }
    }
    return max(0, sum)
  }
}

/// r and N as expansions in 1/κ: r = r₀ + r₁/κ, N = N₀ + N₁/κ + N₂/κ².
private struct Backward {
  let m: Int
  var r0: [Double]
  var r1: [Double]
  var n0: [Double]
  var n1: [Double]
  var n2: [Double]

  init(count: Int) {
    m = count
    r0 = [Double](repeating: 0, count: count)
    r1 = r0
    n0 = [Double](repeating: 0, count: count * count)
    n1 = n0
    n2 = n0
  }

  /// r ← T′r, N ← T′NT.
  mutating func retreat(_ system: StateSpaceSystem) {
    var result = r0
    system.retreat(r0, into: &result)
    r0 = result
    system.retreat(r1, into: &result)
    r1 = result
    n0 = moved(n0, system)
    n1 = moved(n1, system)
    n2 = moved(n2, system)
  }

  private func moved(_ n: [Double], _ system: StateSpaceSystem) -> [Double] {
    var result = n
    var column = [Double](repeating: 0, count: m)
    var other = column
    // T′N, then its transpose once more: N is symmetric.
    for _ in 0..<2 {
      let source = result
      for k in 0..<m {
        for row in 0..<m { column[row] = source[row * m + k] }
        system.retreat(column, into: &other)
        for row in 0..<m { result[k * m + row] = other[row] }
      }
    }
    return result
  }

  /// Goes back over one value.
  mutating func learn(
    _ y: Double, system: StateSpaceSystem, loads: [Double], a: [Double], p: [Double], q: [Double]
  ) {
    var z = [Double](repeating: 0, count: m)
    for (place, load) in zip(system.places, loads) { z[place] = load }
    let v = y - dot(z, a)
    let gain = product(p, z)
    let f = dot(z, gain) + system.noise
    if !q.isEmpty {
      let diffuseGain = product(q, z)
      let diffuse = dot(z, diffuseGain)
      if diffuse > StateSpaceFilter.smallestDiffuse {
        // L = L₀ + L₁/κ with L₀ = I − K₀Z, L₁ = −K₁Z; terms that P∞ annihilates are left out.
        let k0 = diffuseGain.map { $0 / diffuse }
        let k1 = (0..<m).map { gain[$0] / diffuse - diffuseGain[$0] * f / (diffuse * diffuse) }
        let along0 = dot(k0, r0)
        let along1 = dot(k0, r1)
        let across = dot(k1, r0)
        for row in 0..<m {
          r0[row] -= z[row] * along0
          r1[row] += z[row] * (v / diffuse - along1 - across)
        }
        let one = Side(isUnit: true, gain: k0)
        let two = Side(isUnit: false, gain: k1)
        let mixed = sandwich(n0, two, one, z)
        let crossed = sandwich(n1, two, one, z)
        var next1 = sandwich(n1, one, one, z)
        var next2 = sandwich(n2, one, one, z)
        let twice = sandwich(n0, two, two, z)
        for row in 0..<m {
          for column in 0..<m {
            let index = row * m + column
            let transposed = column * m + row
            let outer = z[row] * z[column]
            next1[index] += outer / diffuse + mixed[index] + mixed[transposed]
            next2[index] +=
              twice[index] + crossed[index] + crossed[transposed]
              - outer * f / (diffuse * diffuse)
          }
        }
        n0 = sandwich(n0, one, one, z)
        n1 = next1
        n2 = next2
        return
      }
    }
    let side = Side(isUnit: true, gain: gain.map { $0 / f })
    let along = dot(side.gain, r0)
    for row in 0..<m { r0[row] += z[row] * (v / f - along) }
    n0 = sandwich(n0, side, side, z)
    for row in 0..<m {
      for column in 0..<m { n0[row * m + column] += z[row] * z[column] / f }
    }
    guard !q.isEmpty else { return }
    // F∞ = 0: the value says nothing of the diffuse part, but what follows it does.
    let along1 = dot(side.gain, r1)
    for row in 0..<m { r1[row] -= z[row] * along1 }
    n1 = sandwich(n1, side, side, z)
    n2 = sandwich(n2, side, side, z)
  }

  /// I − kz′ or −kz′.
  private struct Side {
    var isUnit: Bool
    var gain: [Double]
  }

  /// A′NB for A, B of the form above.
  private func sandwich(_ n: [Double], _ left: Side, _ right: Side, _ z: [Double]) -> [Double] {
    let nk = product(n, right.gain)
    // N is symmetric, so k′N is (Nk)′.
    let kn = product(n, left.gain)
    let knk = dot(left.gain, nk)
    var result = [Double](repeating: 0, count: m * m)
    for row in 0..<m {
      for column in 0..<m {
        var sum = z[row] * z[column] * knk
        if left.isUnit { sum -= nk[row] * z[column] }
        if right.isUnit { sum -= z[row] * kn[column] }
        if left.isUnit && right.isUnit { sum += n[row * m + column] }
        result[row * m + column] = sum
      }
    }
    return result
  }

  /// P* − P*N₀P* − P∞N₁P* − P*N₁P∞ − P∞N₂P∞ ([DK12] (5.25)).
  func covariance(p: [Double], q: [Double]) -> [Double] {
    var result = p
    subtract(p, n0, p, from: &result)
    guard !q.isEmpty else { return result }
    subtract(q, n1, p, from: &result)
    subtract(p, n1, q, from: &result)
    subtract(q, n2, q, from: &result)
    return result
  }

  private func subtract(
    _ left: [Double], _ middle: [Double], _ right: [Double], from result: inout [Double]
  ) {
    for row in 0..<m {
      // All three are symmetric.
      let own = product(middle, Array(left[(row * m)..<(row * m + m)]))
      let other = product(right, own)
      for column in 0..<m { result[row * m + column] -= other[column] }
    }
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in 0..<m { sum += a[index] * b[index] }
    return sum
  }

  private func product(_ n: [Double], _ x: [Double]) -> [Double] {
    (0..<m).map { row in
      var sum = 0.0
      for k in 0..<m { sum += n[row * m + k] * x[k] }
      return sum
    }
  }
}

import RealModule

/// The Kalman filter of a stationary start without its covariance matrix: its change has rank one ([MSK74]; [DK12] §4.3 for the filter).
///
/// P_{t+1} − P_t = L M L′ gives F_{t+1} = F_t + M L₁², K_{t+1} = K_t + T L M L₁, L_{t+1} = T L − K_{t+1} L₁ / F_{t+1} and
/// M_{t+1} = M + M² L₁² / F_t, all O(r). Once L has died away the gain is that of the infinite past and stays.
struct ChandrasekharRecursion: Sendable {
  private var variance: Lanes
  private(set) var logDeterminant = Lanes()

  /// - Parameter variance: F₁, that of the process, with innovations of variance 1.
  init(variance: Lanes) { self.variance = variance }

  /// Filters all columns; `gain` is K₁ and `change` L₁ = K₁, both with a 0 at their end.
  mutating func run(
    columns: [ARIMAColumn], count: Int, length: Int, phi: [Lanes], gain: inout [Lanes],
    change: inout [Lanes], states: inout [Lanes], errors: inout [Lanes]
  ) {
    let one = Lanes(repeating: 1)
    var f = variance
    var m = -one / f
    var product = one
    var lowest = f
    var isSteady = false
    let r = length - 1
    let phi = phi.span
    var k = gain.mutableSpan
    var l = change.mutableSpan
    var states = states.mutableSpan
    var errors = errors.mutableSpan
    let y = columns[0].values
    let further = columns.dropFirst().map(\.values)
    let series = y.span
    for t in 0..<count {
      let inverse = one / f
      let root = inverse.squareRoot()
      product *= f
      if t & 7 == 7 {
        collect(&product)
        if !isSteady, t & 31 == 31 { isSteady = Self.isSteady(m, l, r) }
      }
      for (index, column) in further.enumerated() {
        let from = (index + 1) * length
        let first = states[from]
        let error = Lanes(repeating: column[t]) - first
        errors[(index + 1) * count + t] = error * root
        let g = error * inverse
        for i in 0..<r {
          states[from + i] = phi[i] * first + states[from + i + 1] + k[i] * g
        }
      }
      let first = states[0]
      let error = Lanes(repeating: series[t]) - first
      errors[t] = error * root
      let g = error * inverse
      if isSteady {
        for i in 0..<r { states[i] = phi[i] * first + states[i + 1] + k[i] * g }
        continue
      }
      let l0 = l[0]
      let ml = m * l0
      let next = f + ml * l0
      let c = l0 / next
      for i in 0..<r {
        let p = phi[i]
        let moved = p * l0 + l[i + 1]
        states[i] = p * first + states[i + 1] + k[i] * g
        let newGain = k[i] + moved * ml
        k[i] = newGain
        l[i] = moved - newGain * c
      }
      m += ml * ml * inverse
      f = next
      lowest = pointwiseMin(lowest, f)
    }
    collect(&product)
    // No variance is below that of the innovations: such a lane has lost its digits and has no finite value.
    for lane in 0..<4 where !(lowest[lane] >= 0.999 && f[lane].isFinite) {
      logDeterminant[lane] = .infinity
    }
  }

  private mutating func collect(_ product: inout Lanes) {
    for lane in 0..<4 { logDeterminant[lane] += Double.log(product[lane]) }
    product = Lanes(repeating: 1)
  }

  /// Whether nothing that L could still change in the gain would show in twelve digits.
  private static func isSteady(
    _ m: Lanes, _ l: borrowing MutableSpan<Lanes>, _ r: Int
  ) -> Bool {
    var largest = Lanes()
    for i in 0..<r { largest = pointwiseMax(largest, l[i] * l[i]) }
    let effect = -m * largest
    return effect.max() < 1e-18
  }
}

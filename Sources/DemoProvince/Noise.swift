import RealModule
import Statistics

/// First-order autoregressive noise that starts in its stationary distribution.
struct AutoregressiveNoise {
  /// The correlation of neighbouring steps, in 0..<1.
  let persistence: Double
  /// The standard deviation of one step's shock.
  let innovation: Double

  func path(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    var path: [Double] = []
    path.reserveCapacity(count)
    var state =
      stream.normal() * innovation / Double.sqrt(1 - persistence * persistence)
    for _ in 0..<count {
      path.append(state)
      state = persistence * state + innovation * stream.normal()
    }
    return path
  }
}

/// The streams of one run, one for each purpose, indicator and unit.
struct Streams: Sendable {
  let seed: UInt64

  func callAsFunction(_ purpose: String, _ indicator: String = "", _ unit: String = "")
    -> RandomStream
  {
    RandomStream(
      StreamKey(seed: seed, purpose: "demo/" + purpose, indicator: indicator, unit: unit))
  }

  /// The `count` codes with the smallest draws: a random choice of a fixed size.
  func choice(_ count: Int, of codes: [String], purpose: String) -> Set<String> {
    var draws: [(draw: Double, code: String)] = []
    for code in codes {
      var stream = self(purpose, "", code)
      draws.append((stream.uniform(), code))
    }
    draws.sort { ($0.draw, $0.code) < ($1.draw, $1.code) }
    return Set(draws.prefix(count).map(\.code))
  }
}

import RealModule

// Temporary: deleted when Statistics has its streams.
struct StreamKey {
  var state: UInt64
  init(seed: UInt64, purpose: String, indicator: String = "", unit: String = "") {
    var h: UInt64 = 0xcbf2_9ce4_8422_2325 ^ seed
    for byte in Array((purpose + "|" + indicator + "|" + unit).utf8) {
      h = (h ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    state = h
  }
}
struct RandomStream {
  var state: UInt64
  init(_ key: StreamKey) { state = key.state }
  mutating func bits() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
  mutating func uniform() -> Double { (Double(bits() >> 11) + 0.5) / 9_007_199_254_740_992 }
  mutating func normal() -> Double {
    Double.sqrt(-2 * Double.log(uniform())) * Double.cos(2 * Double.pi * uniform())
  }
  mutating func poisson(mean: Double) -> Int {
    var sum = -Double.log(uniform())
    var count = 0
    while sum < mean {
      count += 1
      sum -= Double.log(uniform())
    }
    return count
  }
}

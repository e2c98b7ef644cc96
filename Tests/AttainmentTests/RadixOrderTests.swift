import Statistics
import Testing

@testable import Attainment

@Suite("The order of numbers")
struct RadixOrderTests {
  /// The same as sorting by value and place, whatever signs, sizes and ties.
  @Test(arguments: [0, 1, 2, 63, 3000])
  func itIsThatOfAComparison(count: Int) {
    var stream = RandomStream(StreamKey(seed: UInt64(count), purpose: "stable-order"))
    let values = (0..<count).map { place -> Double in
      let normal = stream.normal()
      switch place % 5 {
      case 0: return normal
      case 1: return (4 * normal).rounded()
      case 2: return normal * 1e-300
      case 3: return normal < 0 ? -0.0 : 0.0
      default: return -1e12 * normal * normal
      }
    }
    let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    #expect(RadixOrder<UInt64>.ascending(values).map { Int($0) } == expected)
    // To single precision −0 comes before 0.
    let singles = values.map(Float.init)
    let expectedOfSingles = values.indices.sorted {
      singles[$0] == singles[$1]
        ? (singles[$0].sign == .minus ? 0 : 1, $0) < (singles[$1].sign == .minus ? 0 : 1, $1)
        : singles[$0] < singles[$1]
    }
    #expect(RadixOrder<UInt32>.ascending(values).map { Int($0) } == expectedOfSingles)
  }
}

import RealModule
import TestSupport
import Testing

@testable import Statistics

@Suite struct RandomStreamTests {
  typealias Words = SIMD4<UInt32>

  /// Random123 1.14.0, tests/kat_vectors, the lines "philox4x32 10".
  static let knownAnswers: [(counter: Words, key: SIMD2<UInt32>, answer: Words)] = [
    (
      Words(repeating: 0), SIMD2(repeating: 0),
      Words(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8)
    ),
    (
      Words(repeating: 0xFFFF_FFFF), SIMD2(repeating: 0xFFFF_FFFF),
      Words(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD)
    ),
    (
      Words(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344),
      SIMD2(0xA409_3822, 0x299F_31D0),
      Words(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1)
    ),
  ]

  @Test(arguments: knownAnswers)
  func blocksAgreeWithRandom123(counter: Words, key: SIMD2<UInt32>, answer: Words) {
    #expect(Philox4x32(key0: key[0], key1: key[1]).block(counter) == answer)
  }

  static func stream(_ name: String = "test", seed: UInt64 = 7) -> RandomStream {
    RandomStream(StreamKey(seed: seed, purpose: name))
  }

  @Test func keysAreSeparated() {
    let keys = [
      StreamKey(seed: 1, purpose: "a", indicator: "bc"),
      StreamKey(seed: 1, purpose: "ab", indicator: "c"),
      StreamKey(seed: 1, purpose: "abc"),
      StreamKey(seed: 1, purpose: "", indicator: "abc"),
      StreamKey(seed: 1, purpose: "a", indicator: "b", unit: "c"),
      StreamKey(seed: 2, purpose: "abc"),
      StreamKey(seed: 256, purpose: "abc"),
    ]
    let firsts = keys.map { key -> UInt64 in
      var stream = RandomStream(key)
      return stream.next()
    }
    #expect(Set(firsts).count == keys.count)
    #expect(Set(keys.map { $0.digest.0 }).count == keys.count)
    #expect(Set(keys.map { $0.digest.1 }).count == keys.count)
  }

  /// The stream of a key is part of the format of results: a change of these words is a Change.
  @Test func streamsAreTheSameInEveryProcess() {
    var stream = RandomStream(
      StreamKey(seed: 20_261_031, purpose: "shocks", indicator: "ĐỊNH-DANH", unit: "26068"))
    let words = (0..<3).map { _ in stream.next() }
    #expect(words == Self.pinned)
  }
  static let pinned: [UInt64] = [
    1_177_616_380_268_746_327, 11_885_841_206_567_962_060, 5_981_713_811_967_789_933,
  ]

  @Test func fillsDoNotDependOnTheirSplits() {
    var whole = Self.stream()
    var expected = [Double](repeating: 0, count: 1000)
    whole.fillNormals(&expected)
    for lengths in [[1, 999], [3, 8, 5, 984], [500, 500], [7, 1, 1, 1, 17, 973]] {
      var stream = Self.stream()
      var values = [Double](repeating: 0, count: 1000)
      var start = 0
      for length in lengths {
        stream.fillNormals(&values, range: start..<start + length)
        start += length
      }
      #expect(values == expected)
    }
    var single = Self.stream()
    #expect((0..<1000).map { _ in single.normal() } == expected)
    #expect(single.next() == whole.next())
    var mixed = Self.stream()
    #expect((0..<5).map { _ in mixed.normal() } == Array(expected[..<5]))
    _ = mixed.uniform()
    var rest = [Double](repeating: 0, count: 20)
    mixed.fillNormals(&rest, range: 2..<20)
    #expect(Array(rest[2...]) == Array(expected[6..<24]))
    #expect(rest[0] == 0 && rest[1] == 0)
  }

  @Test func normalsPassKolmogorovAndSmirnov() {
    var stream = Self.stream("normals", seed: 1)
    let n = 200_000
    var values = [Double](repeating: 0, count: n)
    stream.fillNormals(&values)
    expectClose(mean(values), 0, absolute: 4 / Double(n).squareRoot())
    expectClose(variance(values), 1, relative: 0, absolute: 4 * (2 / Double(n)).squareRoot())
    expectClose(autocorrelation(values, lag: 1), 0, absolute: 4 / Double(n).squareRoot())
    let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / Double(n)
    expectClose(fourth, 3, relative: 0, absolute: 4 * (96 / Double(n)).squareRoot())
    values.sort()
    var distance = 0.0
    for (i, z) in values.enumerated() {
      let p = Normal.standardCDF(z)
      distance = max(distance, Double(i + 1) / Double(n) - p, p - Double(i) / Double(n))
    }
    // 1.628 is the asymptotic critical value at the level of 1 %; the seed is fixed.
    #expect(distance * Double(n).squareRoot() < 1.628)
  }

  @Test func theLayersMeetTheTail() throws {
    // The innermost edge is 0: the areas of the 256 layers close the density.
    let last = try #require(Ziggurat.edges.last)
    #expect(Ziggurat.edges.count == 256 && last[1] == 0)
    let density = Double.exp(-0.5 * last[0] * last[0])
    expectClose(last[0] * (1 - density), 0.004928673233974655, relative: 1e-9)
    var stream = Self.stream("tails", seed: 2)
    let n = 1_000_000
    var values = [Double](repeating: 0, count: n)
    stream.fillNormals(&values)
    for z in [0.5, 2, 3.3, Ziggurat.tailStart, 4] {
      let p = Normal.standardUpperTail(z)
      let error = 4 * (p / Double(n)).squareRoot()
      expectClose(Double(values.count { $0 > z }) / Double(n), p, relative: 0, absolute: error)
      expectClose(Double(values.count { $0 < -z }) / Double(n), p, relative: 0, absolute: error)
    }
  }

  @Test func uniformsAreOpenAndEven() {
    #expect(RandomStream.unit(0) > 0)
    #expect(RandomStream.unit(.max) < 1)
    var stream = Self.stream("uniforms")
    var counts = [Int](repeating: 0, count: 100)
    for _ in 0..<100_000 { counts[Int(stream.uniform() * 100)] += 1 }
    let statistic = counts.reduce(0.0) { $0 + (Double($1) - 1000) * (Double($1) - 1000) / 1000 }
    #expect(ChiSquared(degreesOfFreedom: 99).upperTail(statistic) > 0.001)
  }

  @Test(arguments: [0.2, 0.9, 1, 3.5, 60])
  func gammasHaveTheirMoments(shape: Double) {
    var stream = Self.stream("gamma", seed: 5)
    let n = 40_000
    let values = (0..<n).map { _ in stream.gamma(shape: shape) }
    let error = (shape / Double(n)).squareRoot()
    expectClose(mean(values), shape, relative: 0, absolute: 4 * error)
    let spread = shape * ((2 + 6 / shape) / Double(n)).squareRoot()
    expectClose(variance(values), shape, relative: 0, absolute: 4 * spread)
    let below = Double(values.count { Gamma(shape: shape).cdf($0) < 0.1 })
    expectClose(below / Double(n), 0.1, relative: 0, absolute: 4 * (0.09 / Double(n)).squareRoot())
  }

  @Test(arguments: [0, 0.4, 8, 10.5, 30, 5000])
  func poissonsFollowTheirProbabilities(rate: Double) {
    var stream = Self.stream("poisson", seed: 6)
    let n = 40_000
    let values = (0..<n).map { _ in Double(stream.poisson(mean: rate)) }
    expectClose(mean(values), rate, relative: 0, absolute: 4 * (rate / Double(n)).squareRoot())
    let spread = ((rate + 2 * rate * rate) / Double(n)).squareRoot()
    expectClose(variance(values), rate, relative: 0, absolute: 4 * spread)
    let k = Poisson(mean: rate).quantile(0.3)
    let p = Poisson(mean: rate).cdf(k)
    let share = Double(values.count { $0 <= Double(k) }) / Double(n)
    expectClose(share, p, relative: 0, absolute: 4 * (p * (1 - p) / Double(n)).squareRoot())
  }

  @Test func chiSquaredsHaveTheirMean() {
    var stream = Self.stream("chi", seed: 8)
    let values = (0..<20_000).map { _ in stream.chiSquared(degreesOfFreedom: 4) }
    expectClose(mean(values), 4, relative: 0, absolute: 4 * (8.0 / 20_000).squareRoot())
  }

  @Test func shufflesAreReproducible() {
    var first = Self.stream("shuffle")
    var second = Self.stream("shuffle")
    let a = Array(0..<50).shuffled(using: &first)
    #expect(a == Array(0..<50).shuffled(using: &second))
    #expect(a.sorted() == Array(0..<50) && a != Array(0..<50))
  }
}

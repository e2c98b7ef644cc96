import Statistics
import TestSupport
import Testing

/// robustbase 0.95-0 (R 4.2.2): Qn(x), from Reference/qn.R; in whole sixteenths, because its C code
/// takes the distances in single precision.
@Suite struct QnScaleTests {
  static func wave(_ count: Int) -> [Double] {
    (0..<count).map { Double(($0 + 1) * 7919 % 1009) / 16 }
  }

  @Test(arguments: [
    (2, 8.474544481095, 0.88622687384),
    (3, 21.0857759083125, 2.205048461),
    (4, 10.8905862767625, 1.1388848394),
    (5, 17.9103363602625, 1.8729763514),
    (6, 25.982412340499998, 2.7171150159999997),
    (7, 18.2235513277125, 1.9057308578),
    (8, 22.67169401805, 1.4866684602),
    (9, 18.5348564478, 1.9382856415999998),
    (10, 15.281749773675, 1.5980914795999999),
    (11, 18.866321067824998, 1.9729486083999999),
    (12, 16.0730631975375, 1.6808432102),
    (13, 19.147375970938356, 2.002339970817083),
    (14, 23.422660045758683, 1.743081677823902),
    (20, 21.228670463209717, 1.8662567440184368),
    (51, 20.59141484025119, 2.1533505715295362),
    (100, 19.929181481498258, 2.1400463335837054),
    (999, 18.832532606157645, 2.2155920713126642),
    (2000, 18.82807839585403, 2.2150680465710617),
  ])
  func agreesWithRobustbase(count: Int, spread: Double, tied: Double) {
    let values = Self.wave(count)
    expectClose(qnScale(values), spread, relative: 1e-14)
    expectClose(qnScale(values.map { ($0 / 10).rounded(.down) }), tied, relative: 1e-14)
  }

  @Test func agreesWithRobustbaseOnStackLosses() {
    let losses: [Double] = [
      42, 37, 37, 28, 18, 18, 19, 20, 15, 14, 14, 13, 11, 12, 8, 7, 8, 8, 9, 15, 15,
    ]
    expectClose(qnScale(losses), 8.288915471500799, relative: 1e-14)
    // R's mad takes 1.4826 for 1/Φ⁻¹(¾): mad(x) is 5.9304.
    expectClose(medianAbsoluteDeviation(losses), 5.9304 / 1.4826 * 1.482602218505602)
  }

  /// The definition: the k-th of all distances, sorted.
  @Test(arguments: [13, 40, 77, 300], [1.0, 4])
  func isTheOrderStatisticOfItsDefinition(count: Int, step: Double) {
    var stream = RandomStream(StreamKey(seed: 5, purpose: "Qn"))
    let values = (0..<count).map { _ in (stream.normal() * 8 / step).rounded() * step + 1e-3 }
    var distances: [Double] = []
    for i in values.indices {
      for j in 0..<i { distances.append(abs(values[i] - values[j])) }
    }
    distances.sort()
    let h = count / 2 + 1
    let expected = distances[h * (h - 1) / 2 - 1]
    let unit = qnScale((0..<count).map(Double.init))
    var places: [Double] = []
    for i in 0..<count { for j in 0..<i { places.append(Double(i - j)) } }
    places.sort()
    // The factor of this size, from a sample whose distances are whole.
    let factor = unit / places[h * (h - 1) / 2 - 1]
    expectClose(qnScale(values), factor * expected, relative: 1e-14)
  }

  @Test func ignoresAlmostHalfOfTheValues() {
    let clean = Self.wave(101)
    let spoiled = clean.enumerated().map { $0 < 49 ? 1e9 * Double($0 + 1) : $1 }
    #expect(qnScale(spoiled) < 6 * qnScale(clean))
    #expect(qnScale([3]) == 0)
    #expect(qnScale([2, 2, 2, 2, 9]) == 0)
    expectClose(qnScale(clean.map { 5 - 3 * $0 }), 3 * qnScale(clean), relative: 1e-12)
  }
}

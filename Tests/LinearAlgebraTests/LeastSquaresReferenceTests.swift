import LinearAlgebra
import TestSupport
import Testing

/// Against exact rational solutions from Reference/reference.py (Python 3.11.7, `fractions`).
@Suite struct LeastSquaresReferenceTests {
  /// Longley (JASA 62, 1967): employment, and deflator, product, unemployed, armed forces,
  /// population, year, as in the NIST Statistical Reference Datasets.
  static let longley: [[Double]] = [
    [60323, 83.0, 234289, 2356, 1590, 107608, 1947],
    [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
    [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
    [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
    [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
    [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
    [64989, 99.0, 365385, 1870, 3547, 115094, 1953],
    [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
    [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
    [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
    [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
    [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
    [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
    [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
    [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
    [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
  ]

  @Test func longleyAgreesWithTheExactSolution() throws {
    let design = Matrix(rows: Self.longley.map { [1] + $0.dropFirst() })
    let fit = try LeastSquares.solve(design: design, response: Self.longley.map { $0[0] })
    #expect(fit.rank == 7)
    // The condition is about 1e5 after scaling: eleven digits and more are left.
    let coefficients = [
      -3482258.6345958184, 15.061872271373295, -0.035819179292591014, -2.020229803816825,
      -1.033226867173592, -0.051104105653580714, 1829.1514646135518,
    ]
    expectClose(fit.coefficients, coefficients, relative: 1e-9)
    let variances = [
      8531122.567458304, 0.0775861252995117, 1.2069031668748675e-08, 2.56665052517987e-06,
      4.940326025628087e-07, 5.499385426310199e-07, 2.23229587472616,
    ]
    expectClose(fit.unscaledCovariance.diagonal, variances, relative: 1e-9)
    expectClose(fit.residualSumOfSquares, 836424.0555059146, relative: 1e-11)
  }

  /// Wampler (JASA 65, 1970), powers 0 to 5 of 0 … 20, with y = x⁶ − 7.
  @Test func wamplerAgreesWithTheExactSolution() throws {
    let x = (0...20).map(Double.init)
    let power = { (k: Int) in x.map { value in (0..<k).reduce(1.0) { p, _ in p * value } } }
    let fit = try LeastSquares.solve(
      design: Matrix(columns: (0...5).map(power)), response: power(6).map { $0 - 7 })
    #expect(fit.rank == 6)
    let coefficients = [
      -30209.597402597403, 117752.72727272728, -67160.36363636363, 14127.272727272728,
      -1353.1818181818182, 60.0,
    ]
    // Condition 1e4 or so after scaling.
    expectClose(fit.coefficients, coefficients, relative: 1e-10)
    let variances = [
      0.83164661425531, 1.0028889492374484, 0.10903865418058109, 0.0018486090918660915,
      5.722065807541645e-06, 2.2650320469677046e-09,
    ]
    expectClose(fit.unscaledCovariance.diagonal, variances, relative: 1e-9)
    expectClose(fit.residualSumOfSquares, 11253487792.207792, relative: 1e-12)
  }
}

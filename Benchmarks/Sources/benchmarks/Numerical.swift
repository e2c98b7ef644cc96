import LinearAlgebra
import Regression
import Statistics

/// The kernels under the models.
func numericalCases() throws -> [Benchmark] {
  var stream = RandomStream(StreamKey(seed: 1, purpose: "benchmarks"))
  func normals(_ count: Int) -> [Double] {
    var values = [Double](repeating: 0, count: count)
    stream.fillNormals(&values)
    return values
  }
  let design = Matrix(rowCount: 60, columnCount: 6, columnMajor: normals(360))
  let response = normals(60)
  let square = Matrix(rowCount: 200, columnCount: 200, columnMajor: normals(40_000))
  let line = Matrix(columns: [
    [Double](repeating: 1, count: 40), (0..<40).map { Double($0) / 40 },
  ])
  let wandering = sums(normals(40))
  let values = normals(2_001)
  let percents = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975]
  return [
    Benchmark(name: "least squares 60 x 6", unit: .microseconds, count: 1) {
      try LeastSquares.solve(design: design, response: response).coefficients[0]
    },
    Benchmark(name: "QR 60 x 6", unit: .microseconds, count: 1) {
      try QRFactorization(design).applyingQTransposed(to: response)[0]
    },
    Benchmark(name: "QR 200 x 200", unit: .milliseconds, count: 1) {
      Double(try QRFactorization(square).solve(square.column(0))[0])
    },
    Benchmark(name: "trend with AR(1) errors 40 values", unit: .microseconds, count: 1) {
      try AutoregressiveRegression.fit(design: line, response: wandering, times: Array(0..<40))
        .autocorrelation
    },
    Benchmark(name: "a normal (of 1 000 000)", unit: .nanoseconds, count: 1e6) {
      var stream = RandomStream(StreamKey(seed: 2, purpose: "benchmarks"))
      var values = [Double](repeating: 0, count: 1_000_000)
      stream.fillNormals(&values)
      return values[999_999]
    },
    Benchmark(name: "nine quantiles of 2 001", unit: .microseconds, count: 1) {
      var copy = values
      return inverseCDFQuantiles(&copy, probabilities: percents)[4]
    },
  ]
}

/// Running sums: a series that wanders.
func sums(_ steps: [Double]) -> [Double] {
  var total = 0.0
  return steps.map { step in
    total += step
    return total
  }
}

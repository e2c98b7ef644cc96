import LinearAlgebra
import Regression
import Testing

/// Every way in which a diagnostic cannot be had, with its whole message.
@Suite struct DiagnosticsErrorTests {
  let design = CovarianceErrorTests.design
  let residuals = CovarianceErrorTests.residuals
  let zeros = [Double](repeating: 0, count: 8)
  let ones = Matrix(columns: [[Double](repeating: 1, count: 8)])

  /// The tests that take a design and residuals.
  static let tests: [@Sendable (Matrix, [Double]) throws -> Void] = [
    { _ = try InfluenceMeasures(design: $0, residuals: $1) },
    { _ = try DurbinWatson(design: $0, residuals: $1) },
    { _ = try breuschGodfrey(design: $0, residuals: $1) },
    { _ = try Heteroskedasticity.breuschPagan(design: $0, residuals: $1) },
    { _ = try Heteroskedasticity.white(design: $0, residuals: $1) },
    { _ = try ramseyReset(design: $0, response: $1, residuals: $1) },
    { _ = try StructuralBreaks(design: $0, response: $1) },
  ]

  @Test(arguments: tests.indices)
  func common(index: Int) {
    let test = Self.tests[index]
    #expect(throws: DiagnosticError.shapeMismatch(designRows: 8, values: 2)) {
      try test(design, [1, 2])
    }
    #expect(throws: DiagnosticError.zeroResiduals) { try test(design, zeros) }
    var bad = residuals
    bad[5] = .infinity
    #expect(throws: DiagnosticError.nonFinite(row: 5)) { try test(design, bad) }
    var holed = design
    holed[3, 1] = .nan
    #expect(throws: DiagnosticError.nonFinite(row: 3)) { try test(holed, residuals) }
  }

  @Test func tooShort() {
    let short = design.submatrix(rows: 0..<3, columns: 0..<2)
    let e = Array(residuals[..<3])
    #expect(throws: DiagnosticError.tooShort(observations: 3, needed: 4)) {
      try InfluenceMeasures(design: short, residuals: e)
    }
    #expect(throws: DiagnosticError.tooShort(observations: 2, needed: 3)) {
      try DurbinWatson(
        design: design.submatrix(rows: 0..<2, columns: 0..<2), residuals: [1, 2])
    }
    #expect(throws: DiagnosticError.tooShort(observations: 3, needed: 4)) {
      try breuschGodfrey(design: short, residuals: e)
    }
    #expect(throws: DiagnosticError.tooShort(observations: 2, needed: 3)) {
      try Heteroskedasticity.breuschPagan(
        design: Matrix(columns: [[1, 1], [1, 2]]), residuals: [1, 2])
    }
    #expect(throws: DiagnosticError.tooShort(observations: 3, needed: 4)) {
      try Heteroskedasticity.white(design: short, residuals: e)
    }
    #expect(throws: DiagnosticError.tooShort(observations: 3, needed: 5)) {
      try ramseyReset(design: short, response: [1, 2, 4], residuals: e)
    }
    #expect(throws: DiagnosticError.tooShort(observations: 2, needed: 3)) {
      try JarqueBera([1, 2])
    }
    #expect(throws: DiagnosticError.tooShort(observations: 2, needed: 3)) {
      try CumulativeSumTest(residuals: [1, 2], rank: 2)
    }
    #expect(throws: DiagnosticError.tooShort(observations: 3, needed: 4)) {
      try StationarityTest([1, 2, 4])
    }
    #expect(throws: DiagnosticError.tooShort(observations: 4, needed: 5)) {
      try DickeyFuller([1, 2, 4, 3], lags: .fixed(0))
    }
    #expect(throws: DiagnosticError.tooShort(observations: 3, needed: 6)) {
      try StructuralBreaks(design: short, response: e)
    }
  }

  @Test func lags() {
    for order in [0, 8] {
      #expect(throws: DiagnosticError.lagsOutOfRange(lags: order, observations: 8)) {
        try breuschGodfrey(design: design, residuals: residuals, order: order)
      }
    }
    for count in [-1, 8] {
      #expect(throws: DiagnosticError.lagsOutOfRange(lags: count, observations: 8)) {
        try DickeyFuller(residuals, lags: .fixed(count))
      }
      #expect(throws: DiagnosticError.lagsOutOfRange(lags: count, observations: 8)) {
        try DickeyFuller(residuals, lags: .aic(maximum: count))
      }
      #expect(throws: DiagnosticError.lagsOutOfRange(lags: count, observations: 8)) {
        try StationarityTest(residuals, lags: .fixed(count))
      }
    }
  }

  @Test func nothingVaries() {
    #expect(throws: DiagnosticError.constantRegressors) {
      try Heteroskedasticity.breuschPagan(design: ones, residuals: residuals)
    }
    #expect(throws: DiagnosticError.constantRegressors) {
      try Heteroskedasticity.white(design: ones, residuals: residuals)
    }
    let sizes: [Double] = [1, -1, 1, -1, -1, 1, -1, 1]
    #expect(throws: DiagnosticError.zeroResiduals) {
      try Heteroskedasticity.breuschPagan(design: design, residuals: sizes)
    }
    let constant = [Double](repeating: 0.1, count: 12)
    #expect(throws: DiagnosticError.zeroResiduals) { try StationarityTest(constant) }
    #expect(throws: DiagnosticError.zeroResiduals) {
      try StationarityTest((0..<60).map(Double.init), null: .trend)
    }
    #expect(throws: DiagnosticError.zeroResiduals) { try DickeyFuller(constant) }
    #expect(throws: DiagnosticError.zeroResiduals) { try JarqueBera(constant.map { $0 * 5 }) }
    #expect(throws: DiagnosticError.zeroResiduals) {
      try CumulativeSumTest(residuals: zeros, rank: 1)
    }
    #expect(throws: DiagnosticError.nonFinite(row: 1)) { try JarqueBera([1, .nan, 2]) }
    #expect(throws: DiagnosticError.nonFinite(row: 1)) { try StationarityTest([1, .nan, 2]) }
    #expect(throws: DiagnosticError.nonFinite(row: 1)) { try DickeyFuller([1, .nan, 2]) }
    #expect(throws: DiagnosticError.nonFinite(row: 0)) {
      try CumulativeSumTest(residuals: [.nan, 1, 2], rank: 1)
    }
    #expect(throws: DiagnosticError.nonFinite(row: 0)) {
      try Collinearity.conditionNumber(of: Matrix(rows: [[.nan], [1]]))
    }
  }

  @Test func dependentColumns() {
    #expect(throws: DiagnosticError.rankDeficient) {
      // The fitted values take two levels, so their square adds nothing.
      try ramseyReset(
        design: Matrix(columns: [design.column(0), [0, 0, 0, 0, 1, 1, 1, 1]]),
        response: [1, 2, 1, 2, 5, 6, 5, 6],
        residuals: [-0.5, 0.5, -0.5, 0.5, -0.5, 0.5, -0.5, 0.5])
    }
    #expect(throws: DiagnosticError.rankDeficient) {
      try DickeyFuller((0..<20).map(Double.init), lags: .fixed(0))
    }
    let twice = Matrix(columns: [design.column(1), design.column(1)])
    #expect(throws: DiagnosticError.rankDeficient) {
      try StructuralBreaks(design: twice, response: residuals)
    }
  }

  @Test func breaks() {
    for segment in [2, 5] {
      #expect(
        throws: DiagnosticError.segmentOutOfRange(segment: segment, shortest: 3, longest: 4)
      ) {
        try StructuralBreaks(design: design, response: residuals, minimalSegment: segment)
      }
    }
    for count in [-1, 2] {
      #expect(throws: DiagnosticError.breaksOutOfRange(breaks: count, possible: 1)) {
        try StructuralBreaks(
          design: design, response: residuals, minimalSegment: 3, maximumBreaks: count)
      }
    }
  }

  static let messages: [(DiagnosticError, String)] = [
    (.shapeMismatch(designRows: 8, values: 2), "the design has 8 rows, but there are 2 values"),
    (.tooShort(observations: 2, needed: 3), "2 observations are too few: at least 3 are needed"),
    (.nonFinite(row: 5), "row 5 (from 0) holds a number that is not finite"),
    (.lagsOutOfRange(lags: 8, observations: 8), "8 lags do not suit 8 observations"),
    (
      .zeroResiduals,
      "all residuals are zero or the series does not vary: there is nothing to test"
    ),
    (
      .constantRegressors,
      "no column of the design varies, so there is nothing to explain the variance by"
    ),
    (.rankDeficient, "the columns that the test adds depend on those of the design"),
    (
      .segmentOutOfRange(segment: 5, shortest: 3, longest: 4),
      "segments of 5 observations are asked for, but 3 to 4 are possible"
    ),
    (
      .breaksOutOfRange(breaks: 2, possible: 1),
      "2 breaks are asked for, but 0 to 1 are possible"
    ),
  ]

  @Test(arguments: messages)
  func messagesAreWhole(error: DiagnosticError, text: String) {
    #expect(error.description == text)
  }
}

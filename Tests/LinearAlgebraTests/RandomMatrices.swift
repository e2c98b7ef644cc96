import LinearAlgebra
import TestSupport
import Testing

/// Steele, Lea & Flood's generator (OOPSLA 2014): enough for random matrices, the same everywhere.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// The shape of a test matrix, which also seeds it.
struct Shape: Sendable, CustomTestStringConvertible {
  let m: Int
  let n: Int

  init(_ m: Int, _ n: Int) { (self.m, self.n) = (m, n) }

  var testDescription: String { "\(m) × \(n)" }

  /// Entries uniform between −1 and 1.
  func matrix(seed: UInt64 = 0) -> Matrix {
    var generator = SplitMix64(seed: seed &* 1_000_003 &+ UInt64(m * 1_009 + n))
    return Matrix(
      rowCount: m, columnCount: n,
      columnMajor: (0..<m * n).map { _ in Double.random(in: -1...1, using: &generator) })
  }

  func vector(seed: UInt64 = 1) -> [Double] { Shape(m, 1).matrix(seed: seed + UInt64(n)).column(0) }

  /// Empty, one entry, wide, square and tall; small ones for the Swift kernel, large for LAPACK.
  static let all = [
    Shape(0, 0), Shape(0, 3), Shape(4, 0), Shape(1, 1), Shape(1, 5), Shape(5, 1), Shape(2, 2),
    Shape(7, 3), Shape(3, 7), Shape(12, 12), Shape(60, 6), Shape(6, 60), Shape(33, 33),
    Shape(150, 20), Shape(20, 150), Shape(90, 90), Shape(300, 40),
  ]
  static let squares = [0, 1, 2, 5, 16, 17, 40, 90].map { Shape($0, $0) }
  static let tall = all.filter { $0.m >= $0.n }
}

/// Expects two matrices to agree within an allowance for each entry.
func expectClose(
  _ computed: Matrix, _ reference: Matrix, within allowance: Double, _ label: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(computed.rowCount == reference.rowCount, sourceLocation: sourceLocation)
  #expect(computed.columnCount == reference.columnCount, sourceLocation: sourceLocation)
  guard
    computed.rowCount == reference.rowCount, computed.columnCount == reference.columnCount
  else { return }
  expectClose(
    computed.columnMajor, reference.columnMajor, absolute: allowance, label,
    sourceLocation: sourceLocation)
}

/// Expects two lists of numbers to agree, telling of the worst pair only.
func expectClose(
  _ computed: [Double], _ reference: [Double], relative: Double = 0, absolute: Double = 0,
  _ label: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(computed.count == reference.count, sourceLocation: sourceLocation)
  let excess = zip(computed, reference).map {
    abs($0 - $1) - max(absolute, relative * abs($1))
  }
  // NaN is the worst of all.
  let order = excess.map { $0.isNaN ? Double.infinity : $0 }
  guard computed.count == reference.count,
    let worst = order.indices.max(by: { order[$0] < order[$1] })
  else { return }
  expectClose(
    computed[worst], reference[worst], relative: relative, absolute: absolute,
    "\(label) entry \(worst):", sourceLocation: sourceLocation)
}

/// A rounding allowance for sums of so many terms of size 1.
func rounding(_ shape: Shape) -> Double { 1e-15 * Double(4 + shape.m + shape.n) }

/// A symmetric positive-definite matrix with eigenvalues of at least 1.
func positiveDefinite(_ n: Int) -> Matrix {
  Shape(n, n).matrix(seed: 5).gramMatrix() + .identity(n)
}

/// The n × n Hilbert matrix, 1 / (i + j + 1).
func hilbert(_ n: Int) -> Matrix {
  Matrix(rows: (0..<n).map { i in (0..<n).map { 1 / Double(i + $0 + 1) } })
}

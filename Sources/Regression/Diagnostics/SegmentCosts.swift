import LinearAlgebra

/// The residual sums of squares of a regression on every run of rows.
///
/// Each first row starts a triangle that takes up the following rows one by one through Givens
/// rotations (Golub & Van Loan, Matrix Computations, 4th ed., §6.5.3): O(n² p²) for all of them, and
/// as stable as a QR factorization of each.
struct SegmentCosts {
  let rowCount: Int
  private let starts: [Int]
  private let sums: [Double]

  init(design: Matrix, response: [Double]) {
    let (n, p) = (design.rowCount, design.columnCount)
    rowCount = n
    var starts: [Int] = []
    var sums: [Double] = []
    sums.reserveCapacity(n * (n + 1) / 2)
    let rows = (0..<n).map { design.row($0) + [response[$0]] }
    let width = p + 1
    // What rotations leave of a row that repeats others is rounding and no new direction.
    let noise = (0..<p).map { j in
      1e-14 * (0..<n).reduce(0) { max($0, abs(design[$1, j])) }
    }
    for first in 0..<n {
      starts.append(sums.count - first)
      var triangle = [Double](repeating: 0, count: p * width)
      var total = CompensatedRest()
      for last in first..<n {
        var row = rows[last]
        var fresh = false
        for j in 0..<p where abs(row[j]) > noise[j] {
          let pivot = triangle[j * width + j]
          if pivot == 0 {
            // The first row with something new in this column fits without a rest.
            for k in j..<width { triangle[j * width + k] = row[k] }
            fresh = true
            break
          }
          let length = (pivot * pivot + row[j] * row[j]).squareRoot()
          let (cosine, sine) = (pivot / length, row[j] / length)
          for k in j..<width {
            let above = triangle[j * width + k]
            triangle[j * width + k] = cosine * above + sine * row[k]
            row[k] = cosine * row[k] - sine * above
          }
        }
        if !fresh { total.add(row[p] * row[p]) }
        sums.append(total.value)
      }
    }
    self.starts = starts
    self.sums = sums
  }

  /// The sum of the rows `first...last`.
  func cost(_ first: Int, _ last: Int) -> Double { sums[starts[first] + last] }
}

/// A running sum of numbers ≥ 0 that carries what additions lose.
private struct CompensatedRest {
  private var sum = 0.0
  private var lost = 0.0

  mutating func add(_ value: Double) {
    let next = sum + value
    lost += sum >= value ? (sum - next) + value : (value - next) + sum
    sum = next
  }

  var value: Double { sum + lost }
}

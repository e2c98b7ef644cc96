/// A linear Gaussian state-space model of one series ([DK12] (3.1)): y = Zα + ε, α' = Tα + η.
///
/// Disturbances of different states are independent. T is kept by its entries that are not zero, because structural models
/// have about two of them a row; then a step costs O(m²), not O(m³). The last `regressorCount` states are coefficients, whose
/// loads are the regressors of the period.
struct StateSpaceSystem: Sendable {
  /// The entries of a row of T.
  struct Row: Sendable {
    var columns: [Int]
    var entries: [Double]

    init(_ entries: [(column: Int, entry: Double)]) {
      columns = entries.map(\.column)
      self.entries = entries.map(\.entry)
    }
  }

  /// Where a state begins before the first observation.
  enum Start: Sendable {
    /// With infinite variance.
    case diffuse
    /// Around zero.
    case stationary(variance: Double)
  }

  let stateCount: Int
  /// Row r of T stands at rowStarts[r]..<rowStarts[r + 1].
  private(set) var rowStarts: [Int] = [0]
  private(set) var columns: [Int] = []
  var entries: [Double] = []
  /// The variance of η of each state.
  var disturbances: [Double]
  /// The variance of ε.
  var noise: Double
  /// The states with loads, and their loads; the last ones are regressors.
  let places: [Int]
  let loads: [Double]
  let regressorCount: Int
  var starts: [Start]

  /// - Parameters:
  ///   - rows: T, row after row, without the coefficients.
  ///   - loads: The states that make up a value, and their loads, without the coefficients.
  ///   - starts: Of the states without the coefficients, which are diffuse.
  ///   - regressorCount: How many coefficients follow.
  init(
    rows: [Row], loads: [(state: Int, load: Double)], starts: [Start], regressorCount: Int = 0
  ) {
    stateCount = rows.count + regressorCount
    let coefficients = (0..<regressorCount).map { rows.count + $0 }
    for row in rows + coefficients.map({ Row([($0, 1)]) }) {
      columns += row.columns
      entries += row.entries
      rowStarts.append(columns.count)
    }
    disturbances = [Double](repeating: 0, count: stateCount)
    noise = 0
    places = loads.map(\.state) + coefficients
    self.loads = loads.map(\.load) + coefficients.map { _ in 0 }
    self.regressorCount = regressorCount
    self.starts = starts + coefficients.map { _ in .diffuse }
  }

  /// How many states are diffuse.
  var diffuseCount: Int {
    starts.count {
      if case .diffuse = $0 { true } else { false }
    }
  }

  /// The place of an entry of T in ``entries``.
  func entryIndex(row: Int, column: Int) -> Int? {
    (rowStarts[row]..<rowStarts[row + 1]).first { columns[$0] == column }
  }

  /// Writes Tx into `result`.
  func advance(_ x: [Double], into result: inout [Double]) {
    for row in 0..<stateCount {
      var sum = 0.0
      for index in rowStarts[row]..<rowStarts[row + 1] { sum += entries[index] * x[columns[index]] }
      result[row] = sum
    }
  }

  /// Writes T′x into `result`.
  func retreat(_ x: [Double], into result: inout [Double]) {
    for row in 0..<stateCount { result[row] = 0 }
    for row in 0..<stateCount {
      for index in rowStarts[row]..<rowStarts[row + 1] {
        result[columns[index]] += entries[index] * x[row]
      }
    }
  }

  /// The loads of a period.
  func loads(_ regressors: [Double], period: Int) -> [Double] {
    guard regressorCount > 0 else { return loads }
    var result = loads
    for k in 0..<regressorCount {
      result[loads.count - regressorCount + k] = regressors[period * regressorCount + k]
    }
    return result
  }
}

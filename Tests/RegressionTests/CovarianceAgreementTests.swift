import Foundation
import TestSupport
import Testing

/// Covariances and diagnostics against R and Python, row by row of one table.
@Suite struct CovarianceAgreementTests {
  static let seriesNames: Set<String> = ["nile", "lakehuron", "nhtemp"]

  static func ours(_ test: String, _ data: String) throws -> CovarianceAgreement.Numbers? {
    let set = try CovarianceAgreement.DataSet(data)
    if seriesNames.contains(data) { return try CovarianceAgreement.series(test, set.response) }
    return try CovarianceAgreement.covariance(test, set)
      ?? CovarianceAgreement.diagnostic(test, set)
  }

  /// Off a diagonal, differences count in units of both standard errors: nearly uncorrelated
  /// coefficients have no digits of their own there.
  static func scale(_ row: CovarianceAgreement.Row, _ numbers: CovarianceAgreement.Numbers)
    -> Double
  {
    let indices = row.quantity.drop { $0 != "[" }.dropFirst().dropLast().split(separator: ";")
    guard row.quantity.hasPrefix("cov["), indices.count == 2,
      let a = numbers["se[\(indices[0])]"], let b = numbers["se[\(indices[1])]"]
    else { return abs(row.value) }
    return a.isFinite && b.isFinite ? a * b : abs(row.value)
  }

  @Test func everyRowOfTheTableAgrees() throws {
    let rows = try CovarianceAgreement.rows()
    #expect(rows.count > 2_500)
    var computed: [String: CovarianceAgreement.Numbers] = [:]
    var worst: [String: (row: CovarianceAgreement.Row, ours: Double, difference: Double)] = [:]
    var order: [String] = []
    var counts: [String: Int] = [:]
    for row in rows {
      let key = row.test + "," + row.data
      if computed[key] == nil {
        guard let found = try Self.ours(row.test, row.data) else {
          Issue.record("nothing here computes \(row.test)")
          continue
        }
        computed[key] = found
      }
      let numbers = computed[key] ?? [:]
      let ours = try #require(numbers[row.quantity], "\(key) has no \(row.quantity)")
      if row.value.isNaN && ours.isNaN { continue }
      let difference = abs(ours - row.value) / max(Self.scale(row, numbers), 1e-12)
      #expect(
        difference <= Self.allowance(row),
        "\(key) \(row.package) \(row.quantity): \(row.value), ours \(ours), off by \(difference)")
      let place = key + "," + row.package + "," + row.version
      if worst[place] == nil { order.append(place) }
      counts[place, default: 0] += 1
      if difference >= worst[place]?.difference ?? -1 { worst[place] = (row, ours, difference) }
    }
    try Self.write(order, worst, counts)
  }

  @Test func everyEstimatorHasThreeDataSets() throws {
    var sets: [String: Set<String>] = [:]
    for row in try CovarianceAgreement.rows() { sets[row.test, default: []].insert(row.data) }
    #expect(sets.count > 60)
    for (test, names) in sets { #expect(names.count >= 3, "\(test) has only \(names)") }
  }

  /// 1e-8 but where the reference itself is less exact.
  static func allowance(_ row: CovarianceAgreement.Row) -> Double {
    // Sandwiches of R and statsmodels lose digits by the square of Longley's condition; the rows of
    // mpmath beside them hold to 1e-8.
    if row.data == "longley" && row.package != "mpmath"
      && [
        "hc0", "hc1", "hc2", "hc3", "newey_west", "newey_west_2", "newey_west_2_adjusted", "wald",
      ]
      .contains(row.test)
    {
      return 1e-6
    }
    return 1e-8
  }

  /// With `VEDICH_WRITE_AGREEMENT` set, writes the largest difference of each row's estimator.
  static func write(
    _ order: [String],
    _ worst: [String: (row: CovarianceAgreement.Row, ours: Double, difference: Double)],
    _ counts: [String: Int]
  ) throws {
    guard ProcessInfo.processInfo.environment["VEDICH_WRITE_AGREEMENT"] != nil else { return }
    var lines = [
      "estimator_or_test,data_set,package,version,quantities,worst_quantity,value,ours,difference"
    ]
    for place in order {
      guard let (row, ours, difference) = worst[place] else { continue }
      lines.append(
        "\(place),\(counts[place] ?? 0),\(row.quantity),\(row.value),\(ours),\(difference)")
    }
    try (lines.joined(separator: "\n") + "\n").write(
      to: CovarianceAgreement.folder.appending(path: "agreement-covariance-result.csv"),
      atomically: true, encoding: .utf8)
  }
}

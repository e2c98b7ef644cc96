import Foundation
import TestSupport
import Testing

/// Robust, quantile, logistic and fixed-effects regression against R and Python, row by row.
@Suite struct RobustAgreementTests {
  @Test func everyRowOfTheTableAgrees() throws {
    let table = try AgreementTable("agreement-robust.csv")
    #expect(table.rows.count > 600)
    var ours: [[String]: Double] = [:]
    for model in table.models {
      let first = try #require(model.first)
      let numbers = try RobustAgreement.ours(first)
      for row in model {
        let number = try #require(numbers[row.quantity], "\(row.model) has no \(row.quantity)")
        expectClose(
          number, row.value, relative: 1e-8, absolute: 1e-14,
          "\(row.model.joined(separator: " ")) \(row.quantity)")
        ours[Array(row.cells[0..<5])] = number
      }
    }
    try AgreementTable.accept("agreement-robust.csv", ours)
  }

  @Test func everyEstimatorHasThreeDataSets() throws {
    var sets: [String: Set<String>] = [:]
    for row in try AgreementTable("agreement-robust.csv").rows {
      let options = RobustAgreement.options(row.options)
      let kind = ["scale", "se", "penalty", "effect", "covariance"].compactMap { options[$0] }
      sets[row.estimator + " " + kind.joined(separator: " "), default: []].insert(row.dataset)
    }
    #expect(sets.count >= 17)
    for (kind, names) in sets { #expect(names.count >= 3, "\(kind) has only \(names)") }
  }
}

import ArgumentParser
import Foundation
import Regression
import Testing

@testable import vedich

@Suite struct RegressionReportTests {
  static let table = DataTable([
    ("y", .numbers([1.2, 2.3, 3.1, 4.4, 5.6, 5.1, 7.3, 8.9])),
    ("x", .numbers([3, 4, 5.5, 5, 8, 7, 9, 9.1])),
    ("unit", .text(["a", "b", "a", "b", "a", "b", "c", "c"])),
  ])

  private func report(
    _ formula: String, _ change: (inout LinearOptions) -> Void = { _ in }
  ) throws -> RegressionReport {
    var options = try LinearOptions.parse([])
    change(&options)
    return try LinearRegression(options: options, level: 0.95).report(formula, Self.table)
  }

  @Test func jsonHasTheDocumentedMembersWithEveryDigit() throws {
    let report = try report("y ~ x")
    let object = try JSONSerialization.jsonObject(with: Data(report.text(.json).utf8))
    let members = try #require(object as? [String: Any])
    for name in [
      "residualStandardDeviation", "rSquared", "degreesOfFreedom", "rank", "conditionNumber",
      "warnings",
    ] {
      #expect(members[name] != nil, "\(name)")
    }
    let rows = try #require(members["coefficients"] as? [[String: Any]])
    #expect(rows.map { $0["term"] as? String } == ["(Intercept)", "x"])
    for name in ["estimate", "standardError", "statistic", "pValue", "lower", "upper"] {
      #expect(rows[1][name] is NSNumber, "\(name)")
    }
    #expect((rows[1]["estimate"] as? NSNumber)?.doubleValue == report.coefficients[1].estimate)
  }

  @Test func csvHasALineForEachTerm() throws {
    let lines = try report("y ~ x + unit").text(.csv).split(separator: "\n")
    #expect(lines[0] == "term,estimate,standardError,statistic,pValue,lower,upper")
    #expect(lines.count == 5 && lines[4].hasPrefix("unitc,"))
  }

  @Test func tableShowsAliasedTermsInTheirPlace() throws {
    let report = try report("y ~ x + I(2*x) + unit")
    let lines = report.text(.table).split(separator: "\n").map(String.init)
    let place = try #require(lines.firstIndex { $0.hasPrefix("I(2 * x)") })
    #expect(lines[place].contains("NA") && lines[place + 1].hasPrefix("unitb"))
    #expect(report.warnings.count == 1)
  }

  @Test(arguments: [
    "hc0", "hc3", "hac", "hac:2", "cluster:unit", "driscoll-kraay:unit", "driscoll-kraay:unit:1",
  ])
  func covariancesChangeOnlyTheErrors(argument: String) throws {
    let classical = try report("y ~ x")
    let other = try report("y ~ x") { options in
      options.covariance = CovarianceChoice(argument: argument) ?? .classical
    }
    #expect(other.covariance == argument)
    #expect(other.coefficients.map(\.estimate) == classical.coefficients.map(\.estimate))
    #expect(other.coefficients[1].standardError != classical.coefficients[1].standardError)
  }

  @Test func covariancesThatAreNotKnownAreRefused() {
    for argument in ["hc4", "hac:-1", "cluster", "cluster:a+b+c", "driscoll-kraay:a:-1", ""] {
      #expect(CovarianceChoice(argument: argument) == nil)
    }
  }

  @Test func predictsNewRows() throws {
    let regression = LinearRegression(options: try LinearOptions.parse([]), level: 0.9)
    let new = DataTable([("x", .numbers([4, .nan, 12]))], lines: [2, 3, 4])
    let text = try regression.predictions("log(y) ~ x", Self.table, new)
    let lines = text.split(separator: "\n")
    #expect(lines[0].hasPrefix("line,median,mean,confidenceLower"))
    #expect(lines[2] == "3,,,,,,")
    let cells = lines[3].split(separator: ",").compactMap { Double($0) }
    #expect(cells.count == 7 && cells[2] > cells[1] && cells[5] < cells[1] && cells[6] > cells[1])
  }
}

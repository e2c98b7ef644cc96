import ArgumentParser
import Regression
import TestSupport
import Testing

@testable import vedich

@Suite struct NonlinearCommandTests {
  static let table = DataTable([
    ("y", .numbers([2.9, 4.7, 6.1, .nan, 7.6, 8.4, 8.5, 9.0])),
    ("x", .numbers([1, 2, 3, 4, 5, 6, 7, 8])),
  ])

  private func regression(
    _ formula: String, _ arguments: [String]
  ) throws -> NonlinearRegression {
    NonlinearRegression(
      formula: formula, options: try NonlinearOptions.parse(arguments), level: 0.95)
  }

  @Test func reportHoldsWhatTheIssueNames() throws {
    let report = try regression("y ~ b1*(1-exp(-b2*x))", ["--start", "b1=5,b2=1"])
      .report(Self.table)
    #expect(report.coefficients.map(\.term) == ["b1", "b2"])
    #expect(report.observations == 7 && report.omittedRows == 1)
    #expect(report.degreesOfFreedom == 5 && report.rank == 2)
    #expect(report.warnings.isEmpty)
    let text = report.text(.json)
    for member in ["residualStandardDeviation", "rSquared", "conditionNumber", "status"] {
      #expect(text.contains("\"\(member)\": "))
    }
    for row in report.coefficients {
      #expect(row.lower < row.estimate && row.estimate < row.upper && row.pValue < 0.01)
    }
  }

  @Test func whatIsNotDeterminedIsNotPrinted() throws {
    let report = try regression("y ~ b1*b2*x", ["--start", "b1=1,b2=1", "--single-start"])
      .report(Self.table)
    #expect(report.coefficients.allSatisfy { $0.estimate.isNaN })
    #expect(report.warnings == ["the data do not determine b1, b2: the Jacobian is singular"])
  }

  static let faults: [(formula: String, arguments: [String], message: String)] = [
    (
      "y ~ b1*exp(-b2*xx)", ["--start", "b1=1,b2=1"],
      """
      formula, character 16: "xx" is no parameter, column or function
        fix: did you mean x? If not, give xx a starting value to make it a parameter
      """
    ),
    (
      "log(y-2.9) ~ b1*exp(-b2*x)", ["--start", "b1=1,b2=1"],
      "line 1: the left side of the formula is not finite"
    ),
    (
      "y ~ b1*sqrt(-1-b2**2*x)", ["--start", "b1=1,b2=1"],
      """
      line 1: the function is not finite at the starting values or near them
        fix: give other values by --start
      """
    ),
    (
      "y ~ b1*exp(-b2*x)", ["--start", "b1=1,b2=1", "--lower", "b1=2", "--upper", "b1=1"],
      "--lower of b1 is above --upper"
    ),
  ]

  @Test(arguments: faults)
  func messages(formula: String, arguments: [String], message: String) throws {
    let regression = try regression(formula, arguments)
    do {
      _ = try regression.report(Self.table)
      Issue.record("\(formula) was fitted")
    } catch let failure as Failure {
      #expect(failure.message == message)
    }
  }

  static let refused: [[String]] = [
    ["--nonlinear", "y ~ b1*x"], ["--start", "b1=1"],
    ["--nonlinear", "y ~ b1*x", "--start", "b1"],
    ["--nonlinear", "y ~ b1*x", "--start", "b1=1,b1=2"],
    ["--nonlinear", "y ~ b1*x", "--start", "b1=1", "--lower", "b2=1"],
  ]

  @Test(arguments: refused)
  func flagsThatDoNotGoTogether(arguments: [String]) throws {
    let options = try NonlinearOptions.parse(arguments)
    #expect(throws: (any Error).self) { try options.check() }
  }

  @Test func curveAndDescribeRefuseBadFlags() {
    let curve = ["data.csv", "--response", "y", "--time", "x", "--family", "logistic"]
    for extra in [["--ceiling", "nan"], ["--origin", "3"], ["--at", "soon"]] {
      #expect(throws: (any Error).self) { try CurveCommand.parse(curve + extra) }
    }
    #expect(throws: (any Error).self) {
      try DescribeCommand.parse(["data.csv", "--column", "y", "--level", "2"])
    }
  }
}

import Regression
import TestSupport
import Testing

@Suite struct ExpressionTests {
  /// mpmath 1.3.0, Reference/derivatives.py: the function, its derivatives by b1 and b2.
  static let reference: [(text: String, value: Double, first: Double, second: Double)] = [
    ("b1*exp(-b2*x)", 0.27891270018553729, 0.22313016014842983, -0.83673810055661186),
    ("b1*x**b2", 2.1650635094610966, 1.7320508075688773, 2.3785653772408649),
    ("-x**2*b1/(1+b2^2)", -9.0, -7.2, 7.2),
    ("b1**-2 + (b2+x)**(-1/b1)", 1.0070671877495541, -0.7296971649520781, -0.083901071485612365),
    (
      "arctan(b1*x)/pi - log(b2+x)*sqrt(b1)", -0.98358389628135487, -0.49685481179515118,
      -0.31943828249996996
    ),
    (
      "sin(2*pi*x/b1)*cos(b2*x) + tan(b1*b2/9)", 0.11113457679399264, 0.74620181868637009,
      -1.6193776829350181
    ),
    (
      "tanh(b1-x)*log10(b2*x) - +b1--b2", -0.91576800381820726, -0.979958684804304,
      0.18233159646385178
    ),
    ("2^b1^b2 / x", 0.72350329288365579, 0.22427505453071116, 0.12511383034792734),
  ]

  @Test(arguments: reference)
  func valuesAndDerivatives(text: String, value: Double, first: Double, second: Double) throws {
    let model = try NonlinearModel(
      formula: "y ~ \(text)", parameters: ["b1", "b2"], columns: ["y", "x"])
    let padded: [[Double]] = [[0], [3]]
    expectClose(model.values(padded, parameters: [1.25, 0.5])[0], value, relative: 4e-15, text)
    let slopes = model.derivatives(padded, parameters: [1.25, 0.5])[0]
    expectClose(slopes[0], first, relative: 2e-14, text)
    expectClose(slopes[1], second, relative: 2e-14, text)
  }

  @Test func leftSideEqualsSignAndErrorTerm() throws {
    let model = try NonlinearModel(
      formula: "log(y) = b1 - b2*x1 * exp(-b3*x2) + e", parameters: ["b1", "b2", "b3"],
      columns: ["y", "x1", "x2"])
    #expect(model.linearParameters == [0, 1])
    expectClose(model.responses([[10], [1], [1]])[0], 2.302585092994046, relative: 1e-15)
    expectClose(model.values([[10], [2], [1]], parameters: [1, 2, 0])[0], -3)
  }

  @Test func columnCalledEStaysAColumn() throws {
    let model = try NonlinearModel(
      formula: "y ~ b1*x + e", parameters: ["b1"], columns: ["y", "x", "e"])
    expectClose(model.values([[0], [2], [5]], parameters: [1])[0], 7)
  }

  static let linear: [(text: String, parameters: [Int])] = [
    ("b1*(1-exp(-b2*x))", [0]),
    ("(b1 + b2*x) / (1 + b3*x)", [0, 1]),
    ("b1*(x**2+x*b2) / (x**2+x*b3)", [0]),
    ("exp(-b1*x)/(b2+b3*x)", []),
    ("b1 + b2*cos(x) + b3*sin(x)", [0, 1, 2]),
    ("b1**2*x + b2 + b3*b2", [1]),
  ]

  @Test(arguments: linear)
  func findsLinearParameters(text: String, parameters: [Int]) throws {
    let names = ["b1", "b2", "b3"].filter { text.contains($0) }
    let model = try NonlinearModel(
      formula: "y ~ \(text)", parameters: names, columns: ["y", "x"])
    #expect(model.linearParameters == parameters)
  }

  static let faults: [(formula: String, message: String)] = [
    (
      "y ~ b1*exp(-b2*z)",
      """
      formula, character 16: "z" is no parameter, column or function
        fix: give z a starting value to make it a parameter
      """
    ),
    (
      "y ~ b1*exq(-b2*x)",
      """
      formula, character 8: "exq" is no parameter, column or function
        fix: did you mean exp?
      """
    ),
    (
      "y ~ b1*(1-exp(-b2*x)",
      """
      formula, character 21: the formula ends where ) or an operation is needed
        fix: close the parenthesis with )
      """
    ),
    (
      "y ~ b1*x) + b2",
      """
      formula, character 9: found ")", expected an operation or the end
        fix: take one ) away, or open it with (
      """
    ),
    (
      "y ~ 2b1*b2",
      """
      formula, character 6: found "b", expected an operation
        fix: write a product with *, as in 2*b
      """
    ),
    (
      "y ~ b1 × b2",
      """
      formula, character 8: "×" has no meaning in a formula
        fix: write *
      """
    ),
    (
      "y ~ exp + b1*b2",
      """
      formula, character 5: the function exp needs an argument in parentheses
        fix: write exp(…)
      """
    ),
    (
      "y + b1*b2",
      """
      formula, character 10: the formula ends where ~ after the response is needed
        fix: write response ~ function
      """
    ),
    (
      "~ b1*b2",
      """
      formula, character 1: the formula has no response
        fix: write the response first, as in y ~ b1*x
      """
    ),
    (
      "y ~ b1*", "formula, character 8: the formula ends where a number, a name or ( is needed"
    ),
    (
      "b1*y ~ b1*b2",
      "formula, character 1: the parameter b1 stands on the left, where only columns may stand"
    ),
    (
      "y ~ b1*x",
      """
      formula, character 9: the parameter b2 does not occur in the formula
        fix: take its starting value away, or use it in the formula
      """
    ),
    (
      "y ~ b1(x)*b2",
      """
      formula, character 5: found "b1", expected a function
        fix: write a product with *, as in b1*(…)
      """
    ),
  ]

  @Test(arguments: faults)
  func saysWhatIsWrongWhere(formula: String, message: String) {
    do throws(ExpressionError) {
      _ = try NonlinearModel(formula: formula, parameters: ["b1", "b2"], columns: ["y", "x"])
      Issue.record("\(formula) was read")
    } catch {
      #expect(error.description == message)
    }
  }

  @Test func needsAParameter() {
    #expect(throws: ExpressionError.self) {
      try NonlinearModel(formula: "y ~ x", parameters: [], columns: ["y", "x"])
    }
  }
}

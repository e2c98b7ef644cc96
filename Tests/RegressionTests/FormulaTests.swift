import Regression
import TestSupport
import Testing

@Suite struct FormulaTests {
  static let table = DataTable([
    ("y", .numbers([1, 3, 2, 5, 4, 6, 8, 7])),
    ("price", .numbers([2, 3, 5, 4, 6, 8, 7, 9])),
    ("t", .numbers([1, 2, 3, 4, 5, 6, 7, 8])),
    ("unit", .text(["a", "b", "a", "c", "b", "a", "c", "b"])),
    ("đơn vị", .numbers([0, 1, 0, 1, 1, 0, 0, 1])),
    ("gap", .numbers([1, .nan, 4, 9, 2, 6, 5, 3])),
    ("zero", .numbers([0, 1, 2, 3, 4, 5, 6, 7])),
  ])

  /// What the terms of a formula are called, as R 4.2.2's model.matrix calls them.
  static let names: [(formula: String, terms: [String])] = [
    ("y ~ price", ["(Intercept)", "price"]),
    ("y ~ price - 1", ["price"]),
    ("y ~ 0 + unit", ["unita", "unitb", "unitc"]),
    ("y ~ unit", ["(Intercept)", "unitb", "unitc"]),
    ("y ~ log(price)+I(t^2)", ["(Intercept)", "log(price)", "I(t^2)"]),
    (
      "y ~ poly(t,2,raw=TRUE)",
      ["(Intercept)", "poly(t, 2, raw = TRUE)1", "poly(t, 2, raw = TRUE)2"]
    ),
    ("y ~ t*price", ["(Intercept)", "t", "price", "t:price"]),
    ("y ~ t:unit", ["(Intercept)", "t:unita", "t:unitb", "t:unitc"]),
    ("y ~ t:unit + t", ["(Intercept)", "t", "t:unitb", "t:unitc"]),
    ("y ~ (t + price)^2 - t", ["(Intercept)", "price", "t:price"]),
    ("y ~ `đơn vị`", ["(Intercept)", "`đơn vị`"]),
    ("y ~ season(t, 4)", ["(Intercept)", "season(t, 4)2", "season(t, 4)3", "season(t, 4)4"]),
    (
      "y ~ fourier(t, 4, 2)",
      ["(Intercept)"] + ["sin1", "cos1", "cos2"].map { "fourier(t, 4, 2)" + $0 }
    ),
    ("y ~ step(t, 4) + ramp(t, 6)", ["(Intercept)", "step(t, 4)", "ramp(t, 6)"]),
  ]

  @Test(arguments: names)
  func namesTermsAsR(formula: String, terms: [String]) throws {
    #expect(try PreparedFormula(formula, table: Self.table).design.names == terms)
  }

  /// The whole message for every way in which a formula can be wrong.
  static let faults: [(formula: String, message: String)] = [
    ("y ~ prise", "formula:1:5: unknown column \"prise\"; nearest \"price\""),
    ("Y ~ price", "formula:1:1: unknown column \"Y\"; nearest \"y\""),
    ("y ~ lgo(price)", "formula:1:5: unknown function \"lgo\"; nearest \"log\""),
    ("y ~ price +", "formula:1:12: the formula ends where a column or a number should stand"),
    ("y ~ (price", "formula:1:11: the formula ends where \")\" should stand"),
    ("y price", "formula:1:1: a formula needs \"~\" between the response and the terms: y ~ x"),
    ("~ price", "formula:1:1: there is no response to the left of \"~\""),
    ("y ~ price ~ t", "formula:1:11: found \"~\" where an operator or the end should stand"),
    ("y ~ 2", "formula:1:5: 2 is no term: only 1 (the intercept) and 0 (none) are"),
    (
      "y ~ t^1.5",
      "formula:1:7: terms have whole powers from 1; for a power of a column write I(t^1.5)"
    ),
    ("y ~ price # t", "formula:1:11: the character \"#\" has no meaning in a formula"),
    ("y ~ `price", "formula:1:5: the quote ` is not closed"),
    ("y ~ log(zero)", "formula:1:5: log(zero) is not finite on line 1 (zero = 0.0)"),
    (
      "y ~ log(unit)",
      "formula:1:9: column \"unit\" is text (line 1: \"a\"), and a number is needed here"
    ),
    (
      "y ~ poly(t, 9)",
      "formula:1:5: poly(t, 9) needs more than 9 different values of t, and there are 8"
    ),
    (
      "y ~ poly(t, 0)",
      "formula:1:13: the degree is 0, and has to be a whole number from 1 to 60"
    ),
    ("y ~ poly(t)", "formula:1:5: arguments are missing: write poly(x, degree, raw = TRUE)"),
    (
      "y ~ season(price/2, 4)",
      "formula:1:12: season(…) needs whole numbers, and price/2 is 1.5 on line 2"
    ),
  ]

  @Test(arguments: faults)
  func saysWhatIsWrong(formula: String, message: String) throws {
    do throws(FormulaFailure) {
      _ = try FormulaModel.fit(formula, table: Self.table)
      Issue.record("\(formula) was fitted")
    } catch {
      #expect(error.description == message)
    }
  }

  @Test func leavesOutRowsWithMissingValues() throws {
    let model = try FormulaModel.fit("y ~ gap", table: Self.table)
    #expect(model.rows == [0, 2, 3, 4, 5, 6, 7])
  }

  @Test func dropsTheLaterOfDependentTerms() throws {
    let model = try FormulaModel.fit("y ~ t + I(3*t - 2) + price", table: Self.table)
    #expect(model.aliasedTerms == ["I(3 * t - 2)"])
    #expect(model.fit.termNames == ["(Intercept)", "t", "price"])
  }

  @Test func readsRestrictions() throws {
    let terms = ["(Intercept)", "x1", "log(x2)"]
    let found = try LinearRestriction("2*x1 - log(x2)/4 = x1 + 3", terms: terms)
    #expect(found.weights == [0, 1, -0.25])
    #expect(found.value == 3)
    #expect(throws: FormulaError.self) { try LinearRestriction("x1*x1 = 1", terms: terms) }
    #expect(throws: FormulaError.self) { try LinearRestriction("x3 = 1", terms: terms) }
    #expect(throws: FormulaError.self) { try LinearRestriction("1 = 1", terms: terms) }
  }
}

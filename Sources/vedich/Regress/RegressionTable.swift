import Foundation

/// The table that a reader of R's `summary(lm)` knows.
extension RegressionReport {
  var table: String {
    var lines = ["\(method): \(formula)", ""]
    if let quartiles = residualQuartiles, quartiles.count == 5 {
      let largest = quartiles.reduce(0) { max($0, abs($1)) }
      // What rounding leaves of a zero is shown as 0.
      let cells = quartiles.map { Self.number(abs($0) < 1e-14 * largest ? 0 : $0, digits: 5) }
      let names = ["Min", "1Q", "Median", "3Q", "Max"]
      let widths = zip(names, cells).map { max($0.count, $1.count) }
      lines.append("Residuals:")
      lines.append(Self.row(names, widths))
      lines.append(Self.row(cells, widths))
      lines.append("")
    }
    lines += coefficientLines
    lines.append("")
    lines += summaryLines
    lines += notes
    lines += warnings.map { "Warning: \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private var coefficientLines: [String] {
    let percent = Self.number(100 * level, digits: 4)
    let header = [
      "", "Estimate", "Std. Error", "\(statisticName) value", "Pr(>|\(statisticName)|)",
      "\(percent)% lower", "upper", "",
    ]
    var rows = coefficients.map { row in
      [
        row.term, Self.number(row.estimate), Self.number(row.standardError),
        Self.number(row.statistic, digits: 4), Self.pValue(row.pValue), Self.number(row.lower),
        Self.number(row.upper), Self.stars(row.pValue),
      ]
    }
    rows += aliasedTerms.map { [$0, "NA", "NA", "NA", "NA", "NA", "NA", ""] }
    if Set(termOrder).count == rows.count {
      let places = Dictionary(zip(termOrder, termOrder.indices), uniquingKeysWith: { $1 })
      rows.sort { (places[$0[0]] ?? 0) < (places[$1[0]] ?? 0) }
    }
    let widths = header.indices.map { k in
      ([header] + rows).map { $0[k].count }.max() ?? 0
    }
    var title = "Coefficients:"
    if !aliasedTerms.isEmpty {
      title += " (\(aliasedTerms.count) not defined because they depend on earlier terms)"
    }
    var lines = [title]
    lines += ([header] + rows).map { Self.row($0, widths) }
    lines.append("---")
    lines.append("Signif. codes:  0 '***' 0.001 '**' 0.01 '*' 0.05 '.' 0.1 ' ' 1")
    return lines
  }

  private var summaryLines: [String] {
    var lines: [String] = []
    if let covariance, covariance != "classical" {
      lines.append("Standard errors: \(covariance)")
    }
    if let residualStandardDeviation, let degreesOfFreedom {
      lines.append(
        "Residual standard error: \(Self.number(residualStandardDeviation, digits: 4)) on "
          + "\(degreesOfFreedom) degrees of freedom")
    }
    if omittedRows > 0 {
      lines.append("  (\(omittedRows) observations deleted because a value is missing)")
    }
    if let rSquared {
      var line = "Multiple R-squared:  \(Self.number(rSquared, digits: 4))"
      if let adjustedRSquared {
        line += ",\tAdjusted R-squared:  \(Self.number(adjustedRSquared, digits: 4))"
      }
      lines.append(line)
    }
    if let test = overallTest {
      let degrees = [test.numerator, test.denominator ?? 0].map { Self.number($0, digits: 6) }
      let name = test.denominator == nil ? "Chi-squared" : "F-statistic"
      let freedom = test.denominator == nil ? degrees[0] : "\(degrees[0]) and \(degrees[1])"
      lines.append(
        "\(name): \(Self.number(test.statistic, digits: 4)) on \(freedom) DF,  p-value: "
          + Self.pValue(test.pValue))
    }
    if let aic, let bic {
      var line = "AIC: \(Self.number(aic))"
      if let aicc { line += ",  AICc: \(Self.number(aicc))" }
      lines.append(line + ",  BIC: \(Self.number(bic))")
    }
    if let conditionNumber {
      lines.append(
        "Condition number of the scaled design: \(Self.number(conditionNumber, digits: 3))")
    }
    return lines
  }

  /// The term at the left, all else at the right.
  private static func row(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (k, cell) in cells.enumerated() {
      let space = String(repeating: " ", count: max(0, widths[k] - cell.count))
      let isLeft = cells.count == 8 && (k == 0 || k == 7)
      line += (k > 0 ? " " : "") + (isLeft ? cell + space : space + cell)
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// Significant digits as C's `%g` writes them.
  static func number(_ value: Double, digits: Int = 6) -> String {
    guard value.isFinite else { return value.isNaN ? "NA" : value < 0 ? "-Inf" : "Inf" }
    return String(format: "%.\(digits)g", value)
  }

  /// A probability, never nearer to 0 than R says.
  static func pValue(_ value: Double) -> String {
    value < 2.2e-16 ? "<2e-16" : number(value, digits: 3)
  }

  private static func stars(_ p: Double) -> String {
    p < 0.001 ? "***" : p < 0.01 ? "**" : p < 0.05 ? "*" : p < 0.1 ? "." : ""
  }
}

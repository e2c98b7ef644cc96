public import LinearAlgebra

/// A regression described by a formula and fitted to a table.
public struct FormulaModel: Sendable {
  /// How tables become designs.
  public let encoding: DesignEncoding
  /// What was fitted, without the aliased columns.
  public let fit: LinearFit
  /// The columns of the full design, from 0, that were kept.
  public let keptColumns: [Int]
  /// The names of columns that depend on those before them and were dropped, in their order.
  public let aliasedTerms: [String]
  /// The rows of the table, from 0, without a missing value: those used.
  public let rows: [Int]
  /// The full design of the rows used, the aliased columns among them.
  public let design: DesignEncoding.Design

  /// Fits a formula by ordinary or weighted least squares.
  ///
  /// Rows in which a column of the formula (or the weight) is missing are left out.
  ///
  /// - Parameters:
  ///   - formula: The formula, such as `y ~ x + factor(unit)`.
  ///   - table: The columns.
  ///   - weights: The column of weights; `nil` for equal ones.
  /// - Throws: ``FormulaFailure``.
  public static func fit(
    _ formula: String, table: DataTable, weights: String? = nil
  ) throws(FormulaFailure) -> FormulaModel {
    let prepared = try PreparedFormula(
      formula, table: table, additional: weights.map { [$0] } ?? [])
    do throws(RegressionError) {
      return try prepared.fit(weights: weights.flatMap { prepared.table.numbers($0) })
    } catch {
      throw FormulaFailure(error, in: prepared)
    }
  }

  /// The prediction for each row of a table that has the columns of the terms.
  public func predictions(_ table: DataTable) throws(FormulaError) -> [LinearPrediction] {
    let matrix = try encoding.design(table).matrix.selecting(columns: keptColumns)
    return (0..<matrix.rowCount).map { fit.prediction(at: matrix.row($0)) }
  }
}

/// A formula with the rows of a table that it can use, ready for any estimator.
public struct PreparedFormula: Sendable {
  /// The formula as read.
  public let formula: Formula
  /// The rows used.
  public let table: DataTable
  /// Their places in the table given, from 0.
  public let rows: [Int]
  /// How many rows were left out.
  public let omittedRows: Int
  /// How tables become designs.
  public let encoding: DesignEncoding
  /// The design of the rows used.
  public let design: DesignEncoding.Design
  /// The response of the rows used.
  public let response: [Double]

  /// Reads a formula, leaves out rows with missing values and makes the design.
  ///
  /// - Parameters:
  ///   - text: The formula.
  ///   - table: The columns.
  ///   - additional: Columns of numbers beside the formula that must not be missing, such as weights.
  ///   - labels: Columns of any kind that must not be missing, such as clusters.
  /// - Throws: ``FormulaFailure``.
  public init(
    _ text: String, table: DataTable, additional: [String] = [], labels: [String] = []
  ) throws(FormulaFailure) {
    do throws(FormulaError) {
      formula = try Formula(text, columns: table.names)
      for (name, position) in formula.columns where table[name] == nil && name != "." {
        throw FormulaError(position, Spelling.unknown("column", name, among: table.names))
      }
    } catch {
      throw .formula(error)
    }
    for name in additional where table.numbers(name) == nil {
      if table[name] != nil {
        throw .column("column \"\(name)\" holds text, and numbers are needed")
      }
      throw .column(Spelling.unknown("column", name, among: table.names))
    }
    for name in labels where table[name] == nil {
      throw .column(Spelling.unknown("column", name, among: table.names))
    }
    rows = table.completeRows(of: formula.columns.map(\.name) + additional + labels)
    omittedRows = table.rowCount - rows.count
    guard !rows.isEmpty else {
      throw .column("every row lacks a value of some column of the formula")
    }
    self.table = omittedRows == 0 ? table : table.selecting(rows: rows)
    do throws(FormulaError) {
      encoding = try DesignEncoding(formula, table: self.table)
      response = try encoding.response(self.table)
      design = try encoding.design(self.table)
    } catch {
      throw .formula(error)
    }
  }

  /// Fits by ordinary or weighted least squares, dropping columns that depend on earlier ones.
  public func fit(weights: [Double]? = nil) throws(RegressionError) -> FormulaModel {
    if let value = response.first, response.allSatisfy({ $0 == value }), formula.hasIntercept {
      throw .constantResponse(value)
    }
    return try dropping { columns throws(RegressionError) in
      try LinearModel.fit(
        design: design.matrix.selecting(columns: columns),
        correction: design.correction?.selecting(columns: columns), response: response,
        weights: weights, hasIntercept: formula.hasIntercept,
        termNames: columns.map { design.names[$0] })
    }
  }

  /// Fits by generalized least squares with a covariance of the errors known up to a factor.
  public func fit(covariance: Matrix) throws(RegressionError) -> FormulaModel {
    try dropping { columns throws(RegressionError) in
      try LinearModel.fit(
        design: design.matrix.selecting(columns: columns), response: response,
        covariance: covariance, hasIntercept: formula.hasIntercept,
        termNames: columns.map { design.names[$0] })
    }
  }

  /// The columns, from 0, that do not depend on those before them.
  public var independentColumns: [Int] { ColumnDependence.independent(design.matrix) }

  private func dropping(
    _ fit: ([Int]) throws(RegressionError) -> LinearFit
  ) throws(RegressionError) -> FormulaModel {
    let all = Array(0..<design.matrix.columnCount)
    guard !all.isEmpty else { throw .noTerms }
    var kept = all
    for row in 0..<response.count where !design.matrix.row(row).allSatisfy(\.isFinite) {
      throw .nonFinite(row: row)
    }
    let found: LinearFit
    if all.count < response.count {
      do throws(RegressionError) {
        found = try fit(all)
      } catch {
        guard case .rankDeficient(_, let aliased) = error else { throw error }
        kept = independentColumns
        if kept.count == all.count { kept = all.filter { !aliased.contains($0) } }
        found = try fit(kept)
      }
    } else {
      kept = independentColumns
      guard kept.count < response.count else {
        throw .tooShort(observations: response.count, needed: all.count + 1)
      }
      found = try fit(kept)
    }
    let lost = Set(all).subtracting(kept).sorted()
    return FormulaModel(
      encoding: encoding, fit: found, keptColumns: kept,
      aliasedTerms: lost.map { design.names[$0] }, rows: rows, design: design)
  }
}

/// Why a formula cannot be fitted to a table.
public enum FormulaFailure: Error, Hashable, Sendable {
  /// The formula is wrong, at a place.
  case formula(FormulaError)
  /// A column named beside the formula is missing or of the wrong kind.
  case column(String)
  /// The numbers will not do; the sentence names lines and terms of the user's.
  case numbers(RegressionError, String)

  /// The failure of an estimator, told in the words of the formula.
  public init(_ error: RegressionError, in prepared: PreparedFormula) {
    self = .numbers(
      error, error.sentence(lines: prepared.table.lines, terms: prepared.design.names))
  }
}

extension FormulaFailure: CustomStringConvertible {
  /// One sentence for the user.
  public var description: String {
    switch self {
    case .formula(let error): error.description
    case .column(let message): message
    case .numbers(_, let sentence): sentence
    }
  }
}

extension RegressionError {
  /// The sentence with lines of a file and names of terms in the place of numbers from 0.
  public func sentence(lines: [Int], terms: [String]) -> String {
    func line(_ row: Int) -> String { lines.indices.contains(row) ? "\(lines[row])" : "?" }
    switch self {
    case .nonFinite(let row): return "line \(line(row)) holds a number that is not finite"
    case .weightNotPositive(let row, let weight):
      return "the weight on line \(line(row)) is \(weight), and a weight has to be above 0"
    case .zeroVariance(let column) where terms.indices.contains(column):
      return "\(terms[column]) has one value only"
    case .rankDeficient(let rank, let columns):
      let names = columns.filter(terms.indices.contains).map { terms[$0] }
      return
        "the design has rank \(rank): \(names.joined(separator: ", ")) depend on the other terms"
    default: return description
    }
  }
}

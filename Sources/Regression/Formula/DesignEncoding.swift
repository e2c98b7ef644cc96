public import LinearAlgebra

/// How a formula turns a table into a design: learned once, then the same for new tables.
public struct DesignEncoding: Sendable {
  /// The formula.
  public let formula: Formula
  private let encoders: [TermEncoder]

  /// A design with the names of its columns.
  public struct Design: Sendable {
    /// One row for each of the table, one column for each coefficient.
    public let matrix: Matrix
    /// What the entries lost when they were rounded; `nil` for nothing.
    public let correction: Matrix?
    /// The names of the columns, as R prints them.
    public let names: [String]
    /// The term that each column belongs to: 0 for the intercept, then the terms from 1.
    public let terms: [Int]
  }

  /// Learns levels, knots and orthogonal polynomials from a table without missing values.
  public init(_ formula: Formula, table: DataTable) throws(FormulaError) {
    self.formula = formula
    var encoders: [TermEncoder] = []
    for variable in formula.variables { encoders.append(try TermEncoder(variable, table)) }
    self.encoders = encoders
  }

  /// The names of the terms, the intercept not among them.
  public var termNames: [String] {
    formula.terms.map { $0.map { formula.variables[$0].text }.joined(separator: ":") }
  }

  /// The design of a table.
  public func design(_ table: DataTable) throws(FormulaError) -> Design {
    var names: [String] = []
    var terms: [Int] = []
    var columns: [NumericVector] = []
    if formula.hasIntercept {
      names.append("(Intercept)")
      terms.append(0)
      columns.append(NumericVector([Double](repeating: 1, count: table.rowCount)))
    }
    var blocks: [[TermEncoder.Column]] = []
    for encoder in encoders { blocks.append(try encoder.columns(table)) }
    let present = Set(formula.terms)
    for (number, term) in formula.terms.enumerated() {
      var product: [(name: String, values: NumericVector)] = []
      for place in term {
        var block = blocks[place]
        // Treatment contrasts where the margin is in the model, all levels where it is not (R's rule).
        let margin = term.filter { $0 != place }
        let hasMargin = margin.isEmpty ? formula.hasIntercept : present.contains(margin)
        if encoders[place].isFactor && hasMargin { block.removeFirst() }
        let own = block.map { (name: formula.variables[place].text + $0.suffix, values: $0.values) }
        if product.isEmpty && place == term[0] {
          product = own
        } else {
          product = own.flatMap { right in
            product.map { left in
              ("\(left.name):\(right.name)", left.values.combined(right.values, *))
            }
          }
        }
      }
      names += product.map(\.name)
      columns += product.map(\.values)
      terms += [Int](repeating: number + 1, count: product.count)
    }
    return Design(
      matrix: Self.matrix(columns.map(\.high), rows: table.rowCount),
      correction: Self.correction(columns, rows: table.rowCount), names: names, terms: terms)
  }

  private static func matrix(_ columns: [[Double]], rows: Int) -> Matrix {
    Matrix(rowCount: rows, columnCount: columns.count, columnMajor: columns.flatMap { $0 })
  }

  private static func correction(_ columns: [NumericVector], rows: Int) -> Matrix? {
    guard columns.contains(where: { $0.low != nil }) else { return nil }
    return matrix(columns.map { $0.low ?? [Double](repeating: 0, count: rows) }, rows: rows)
  }

  /// The response of a table.
  public func response(_ table: DataTable) throws(FormulaError) -> [Double] {
    try FormulaEvaluator(table: table).evaluate(formula.response).high
  }
}

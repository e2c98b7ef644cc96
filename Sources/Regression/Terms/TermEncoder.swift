import LinearAlgebra
import RealModule

/// How one variable of a formula becomes columns: what was learned from the data it was fitted to, so
/// that new data are encoded alike.
enum TermEncoder: Sendable {
  case numeric(FormulaExpression)
  case polynomial(FormulaExpression, OrthogonalPolynomial)
  case powers(FormulaExpression, degree: Int)
  case spline(FormulaExpression, NaturalSpline)
  case fourier(FormulaExpression, period: Double, order: Int)
  case season(FormulaExpression, period: Int)
  case factor(FormulaExpression, levels: [String])

  /// A column with what its name adds to the variable's.
  struct Column {
    var suffix: String
    var values: NumericVector
  }

  var isFactor: Bool {
    switch self {
    case .factor, .season: true
    default: false
    }
  }

  /// Learns the encoding of a variable from the table it is fitted to.
  init(_ variable: FormulaExpression, _ table: DataTable) throws(FormulaError) {
    switch variable.node {
    case .name(let name):
      if case .text = table[name] {
        self = .factor(variable, levels: try Self.levels(variable, table))
      } else {
        self = .numeric(variable)
      }
    case .call(let name, let arguments):
      self = try TermReader(variable, name, arguments, table).encoder()
    default: self = .numeric(variable)
    }
  }

  /// The different labels of a column: numbers ascending, text in the order of its code points.
  static func levels(
    _ source: FormulaExpression, _ table: DataTable
  ) throws(FormulaError) -> [String] {
    let name = try columnName(source)
    switch table[name] {
    case .numbers(let values): return Set(values).sorted().map(DataTable.label)
    case .text(let values):
      return Set(values).sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    case nil:
      throw FormulaError(source.position, Spelling.unknown("column", name, among: table.names))
    }
  }

  private static func columnName(_ source: FormulaExpression) throws(FormulaError) -> String {
    guard case .name(let name) = source.node else {
      throw FormulaError(source.position, "factor(…) needs the name of a column")
    }
    return name
  }

  /// The columns of the variable for a table, every level of a factor included.
  func columns(_ table: DataTable) throws(FormulaError) -> [Column] {
    let evaluator = FormulaEvaluator(table: table)
    switch self {
    case .numeric(let expression):
      return [Column(suffix: "", values: try evaluator.evaluate(expression))]
    case .powers(let expression, let degree):
      let x = try evaluator.evaluate(expression)
      return (1...degree).map { power in
        Column(suffix: degree == 1 ? "" : "\(power)", values: x.map { $0.power(power) })
      }
    case .polynomial(let expression, let basis):
      let x = try evaluator.evaluate(expression)
      let rows = (0..<x.count).map { basis.values(at: x[$0]) }
      return (0..<basis.degree).map { k in
        Column(
          suffix: basis.degree == 1 ? "" : "\(k + 1)", values: NumericVector(rows.map { $0[k] }))
      }
    case .spline(let expression, let basis):
      let rows = try evaluator.evaluate(expression).high.map { basis.values(at: $0) }
      let count = basis.knots.count + 1
      return (0..<count).map { k in
        Column(suffix: count == 1 ? "" : "\(k + 1)", values: NumericVector(rows.map { $0[k] }))
      }
    case .fourier(let expression, let period, let order):
      return Self.waves(try evaluator.evaluate(expression).high, period, order)
    case .season(let expression, let period):
      return try Self.seasons(try evaluator.evaluate(expression).high, expression, period, table)
    case .factor(let source, let levels):
      return try Self.indicators(source, levels, table)
    }
  }

  private static func waves(_ times: [Double], _ period: Double, _ order: Int) -> [Column] {
    var result: [Column] = []
    for k in 1...order {
      // The whole turns go before the sine is taken, so that late times are as exact as early ones.
      let turns = times.map { time in
        (Double(k) * time).remainder(dividingBy: period) / period
      }
      if Double(2 * k) != period {
        let values = turns.map { Double.sin(2 * Double.pi * $0) }
        result.append(Column(suffix: "sin\(k)", values: NumericVector(values)))
      }
      let values = turns.map { Double.cos(2 * Double.pi * $0) }
      result.append(Column(suffix: "cos\(k)", values: NumericVector(values)))
    }
    return result
  }

  private static func seasons(
    _ times: [Double], _ expression: FormulaExpression, _ period: Int, _ table: DataTable
  ) throws(FormulaError) -> [Column] {
    var seasons: [Int] = []
    for (row, time) in times.enumerated() {
      guard let whole = Int(exactly: time) else {
        throw FormulaError(
          expression.position,
          "season(…) needs whole numbers, and \(expression.text) is \(time) on line "
            + "\(table.lines[row])")
      }
      seasons.append(((whole - 1) % period + period) % period + 1)
    }
    return (1...period).map { level in
      Column(suffix: "\(level)", values: NumericVector(seasons.map { $0 == level ? 1 : 0 }))
    }
  }

  private static func indicators(
    _ source: FormulaExpression, _ levels: [String], _ table: DataTable
  ) throws(FormulaError) -> [Column] {
    let name = try columnName(source)
    guard let labels = table.labels(name) else {
      throw FormulaError(source.position, Spelling.unknown("column", name, among: table.names))
    }
    let known = Set(levels)
    if let row = labels.firstIndex(where: { !known.contains($0) }) {
      throw FormulaError(
        source.position,
        "column \"\(name)\" holds the level \"\(labels[row])\" on line \(table.lines[row]), which was "
          + "not among those fitted")
    }
    return levels.map { level in
      Column(suffix: level, values: NumericVector(labels.map { $0 == level ? 1 : 0 }))
    }
  }
}

/// Reads the arguments of a term such as `poly(x, 3, raw = TRUE)`.
struct TermReader {
  let variable: FormulaExpression
  let name: String
  let arguments: [FormulaArgument]
  let table: DataTable

  init(
    _ variable: FormulaExpression, _ name: String, _ arguments: [FormulaArgument],
    _ table: DataTable
  ) {
    self.variable = variable
    self.name = name
    self.arguments = arguments
    self.table = table
  }

  func encoder() throws(FormulaError) -> TermEncoder {
    switch name {
    case "factor", "as.factor":
      let found = try matched(["x"], "\(name)(column)")
      return .factor(found[0], levels: try TermEncoder.levels(found[0], table))
    case "poly": return try polynomial()
    case "ns":
      let found = try matched(["x", "df"], "ns(x, df)")
      let df = try FormulaEvaluator.wholeNumber(found[1], 1...100, "the number of columns")
      let x = try FormulaEvaluator(table: table).evaluate(found[0])
      guard let basis = NaturalSpline(degreesOfFreedom: df, points: x.high) else {
        throw FormulaError(
          variable.position, "\(found[0].text) has too few different values for \(variable.text)")
      }
      return .spline(found[0], basis)
    case "fourier":
      let found = try matched(["t", "period", "K"], "fourier(t, period, K)")
      let period = try FormulaEvaluator.number(found[1])
      guard period > 0 else {
        throw FormulaError(found[1].position, "a period is above 0")
      }
      let most = max(1, min(1000, Int(period / 2)))
      let order = try FormulaEvaluator.wholeNumber(found[2], 1...most, "the number of waves")
      return .fourier(found[0], period: period, order: order)
    case "season":
      let found = try matched(["t", "period"], "season(t, period)")
      let period = try FormulaEvaluator.wholeNumber(found[1], 2...10_000, "the period")
      return .season(found[0], period: period)
    default: return .numeric(variable)
    }
  }

  private func polynomial() throws(FormulaError) -> TermEncoder {
    let raw = arguments.first { $0.name == "raw" }
    let others = arguments.filter { $0.name != "raw" }
    let found = try matched(["x", "degree"], "poly(x, degree, raw = TRUE)", others)
    let degree = try FormulaEvaluator.wholeNumber(found[1], 1...60, "the degree")
    let isRaw = try raw.map { argument throws(FormulaError) in
      try FormulaEvaluator.number(argument.value) != 0
    }
    if isRaw == true { return .powers(found[0], degree: degree) }
    let x = try FormulaEvaluator(table: table).evaluate(found[0])
    guard let basis = OrthogonalPolynomial(degree: degree, points: x.high) else {
      throw FormulaError(
        variable.position,
        "\(variable.text) needs more than \(degree) different values of \(found[0].text), and there "
          + "are \(Set(x.high).count)")
    }
    return .polynomial(found[0], basis)
  }

  /// The arguments in the order of their names; those without a name fill the places left.
  private func matched(
    _ names: [String], _ form: String, _ given: [FormulaArgument]? = nil
  ) throws(FormulaError) -> [FormulaExpression] {
    var found = [FormulaExpression?](repeating: nil, count: names.count)
    for argument in given ?? arguments {
      guard let name = argument.name else {
        guard let place = found.firstIndex(where: { $0 == nil }) else {
          throw FormulaError(argument.value.position, "too many arguments: write \(form)")
        }
        found[place] = argument.value
        continue
      }
      guard let place = names.firstIndex(of: name) else {
        throw FormulaError(
          argument.value.position, Spelling.unknown("argument", name, among: names + ["raw"]))
      }
      found[place] = argument.value
    }
    let complete = found.compactMap { $0 }
    guard complete.count == names.count else {
      throw FormulaError(variable.position, "arguments are missing: write \(form)")
    }
    return complete
  }
}

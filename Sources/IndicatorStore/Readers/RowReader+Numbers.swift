import Indicators

/// The numbers of a row; NaN is an empty cell.
struct Figures {
  var value: Double
  var numerator: Double
  var denominator: Double
}

extension NumberShape {
  /// An empty cell.
  static let empty = NumberShape.plain(.nan)
}

extension RowReader {
  /// How the number in a cell is written.
  func cell(_ index: Int, _ record: CSVRecord) -> NumberShape {
    let field = source.trimmed(record.fields[index])
    if field.start == field.end { return .empty }
    return NumberShape(source.bytes, field.start..<field.end)
  }

  /// The number in a cell; NaN when the cell is empty.
  func number(
    _ shape: NumberShape, _ cell: Int, _ record: CSVRecord
  ) throws(CellFault) -> Double {
    let name =
      cell == columns.value
      ? options.columns.value : cell == columns.numerator ? "numerator" : "denominator"
    func fault(_ found: String, _ expected: String, _ fix: String) -> CellFault {
      CellFault(cell: cell, found: found, expected: expected, fix: fix)
    }
    switch habit.read(shape) {
    case .value(let value): return value
    case .ambiguous(let first, let second):
      let text = source.text(record.fields[cell])
      throw fault(
        "\(quoted(text)) in column \(quoted(name)), an ambiguous number",
        "a number that can be read in one way only",
        "write \(plain(second)) or \(unmistakable(first)), "
          + "or say whether a comma is the decimal sign of the file")
    case .contrary(let first, let other, let decimal):
      let sign = decimal == .dot ? "a point" : "a comma"
      let readings =
        other.map { "\(plain(first)) or \(plain($0))" } ?? plain(first)
      throw fault(
        found(cell, name, record), "\(sign) as the only decimal sign, as elsewhere in the file",
        "write \(readings), whichever is meant")
    case .tooLarge:
      throw fault(found(cell, name, record), "a number below 1.8e308", "correct the exponent")
    case .notANumber:
      let text = source.text(record.fields[cell])
      throw fault(found(cell, name, record), "a number or an empty cell", advice(for: text))
    }
  }

  private func advice(for text: String) -> String {
    let unknown = [
      "nan", "n/a", "na", "#n/a", "null", "none", "-", "–", "—", "..", "...", "…", "?", "x",
    ]
    if unknown.contains(text.lowercased()) {
      return "leave the cell empty if the value is not known"
    }
    if text.hasSuffix("%") { return "write the number without the percent sign" }
    return "write digits with a point before the decimals, or leave the cell empty if the value is "
      + "not known"
  }

  /// The shortest decimal form, without ".0" at the end.
  func plain(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The number with any other count than three decimals.
  private func unmistakable(_ value: Double) -> String {
    let text = plain(value)
    return text.split(separator: ".").last?.count == 3 && text.contains(".") ? text + "0" : text
  }

  /// Sets the value of a row and its flags, or says what speaks against the figures.
  func judge(_ figures: Figures, _ row: inout ObservationRow) throws(CellFault) {
    var indicator: Indicator?
    if case .yes(let known) = indicators.value(row.indicator) { indicator = known }
    // Without a catalogue a numerator over a denominator can only be meant as a share.
    let isShare = indicator?.isShare ?? !hasIndicators
    let share = try ratio(figures, isShare: isShare)
    row.numerator = figures.numerator
    row.denominator = figures.denominator
    guard !figures.value.isNaN else {
      if let share {
        row.value = share
        row.isAboveBound = share > 100
      }
      return
    }
    row.value = figures.value
    if let indicator { try checkBounds(&row, indicator) }
    if let share {
      row.ratioDisagrees = abs(share - row.value) > 0.5
      row.isAboveBound = row.isAboveBound || share > 100
    }
  }

  /// `100 × numerator / denominator` of a share, `nil` when not both are given.
  private func ratio(_ figures: Figures, isShare: Bool) throws(CellFault) -> Double? {
    let numeratorCell = columns.numerator ?? columns.value
    let denominatorCell = columns.denominator ?? columns.value
    if figures.denominator <= 0 {
      throw CellFault(
        cell: denominatorCell, found: "\(plain(figures.denominator)) in column \"denominator\"",
        expected: "a number above 0",
        fix: "correct the denominator; leave value, numerator and denominator empty if there was "
          + "nothing to count")
    }
    if isShare, figures.numerator < 0 {
      throw CellFault(
        cell: numeratorCell, found: "\(plain(figures.numerator)) in column \"numerator\"",
        expected: "a number that is not negative", fix: "correct the numerator")
    }
    let isComplete = !figures.numerator.isNaN && !figures.denominator.isNaN
    if figures.value.isNaN, figures.numerator.isNaN != figures.denominator.isNaN {
      let isNumerator = figures.numerator.isNaN
      throw CellFault(
        cell: isNumerator ? numeratorCell : denominatorCell,
        found: "an empty \(isNumerator ? "numerator" : "denominator") and an empty value",
        expected: "both numerator and denominator, or a value",
        fix: "fill in the missing number, or leave all three empty")
    }
    guard isComplete else { return nil }
    guard isShare else {
      if figures.value.isNaN {
        throw CellFault(
          cell: columns.value, found: "an empty value of an indicator that is not a percentage",
          expected: "a value", fix: "fill in the value: it is not 100 × numerator / denominator")
      }
      return nil
    }
    let share = 100 * figures.numerator / figures.denominator
    guard share <= 105 else {
      throw CellFault(
        cell: numeratorCell,
        found: "numerator \(plain(figures.numerator)) over denominator "
          + "\(plain(figures.denominator))",
        expected: "a share from 0 to 100 %",
        fix: "correct one of the two; up to 105 % is kept and flagged, more is not")
    }
    return share
  }

  private func checkBounds(
    _ row: inout ObservationRow, _ indicator: Indicator
  ) throws(CellFault) {
    let bounds = indicator.bounds
    if indicator.isShare, row.value > 100, row.value <= 105 {
      row.isAboveBound = true
      return
    }
    guard !bounds.contains(row.value) else { return }
    let found = "\(plain(row.value)) in column \(quoted(options.columns.value))"
    let expected =
      switch (bounds.lower, bounds.upper) {
      case (let lower?, let upper?):
        "a value from \(plain(lower)) to \(plain(upper)) for \(indicator.code)"
      case (let lower?, nil): "a value of at least \(plain(lower)) for \(indicator.code)"
      case (nil, let upper?): "a value of at most \(plain(upper)) for \(indicator.code)"
      case (nil, nil): "a value"
      }
    throw CellFault(
      cell: columns.value, found: found, expected: expected,
      fix: indicator.isShare && row.value > 105
        ? "correct the value or the indicator; up to 105 % is kept and flagged, more is not"
        : "correct the value or the indicator")
  }
}

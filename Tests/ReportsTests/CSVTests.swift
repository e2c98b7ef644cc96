import Attainment
import Indicators
import Reports
import TestSupport
import Testing
import TimeSeries

@Suite("CSV")
struct CSVTests {
  static let numbers: [(Double, Int, String)] = [
    (0, 6, "0"), (-0.0, 6, "0"), (-0.000_000_4, 6, "0"), (-0.000_000_6, 6, "-0.000001"),
    (1, 6, "1"), (0.1, 6, "0.1"), (-12.5, 6, "-12.5"), (1.0 / 3, 6, "0.333333"),
    (2.0 / 3, 6, "0.666667"), (99.999_999_9, 6, "100"), (0.999_999_6, 6, "1"), (2.5, 0, "3"),
    (0.000_001, 6, "0.000001"), (1e-300, 6, "0"), (1_234_567.891, 2, "1234567.89"),
    (9_007_199_254_740_992, 6, "9007199254740992"), (1e9 + 0.25, 6, "1000000000.25"),
    (0x1p63, 6, "9223372036854776000"), (1e20, 6, "100000000000000000000"),
    (-1.5e21, 6, "-1500000000000000000000"), (5, 15, "5"), (0.1, 15, "0.1"),
  ]

  @Test("a number has its decimals, no exponent and no -0", arguments: numbers)
  func number(value: Double, decimals: Int, text: String) {
    #expect(NumberFormat(decimals: decimals).text(value) == text)
  }

  @Test("a wide number reads back as itself", arguments: [0x1p63, 1e22, 1.7e308, 0x1.8p70])
  func wide(value: Double) {
    let text = NumberFormat.value.text(value)
    #expect(Double(text) == value)
    let isPlain = text.allSatisfy { $0.isNumber }
    #expect(isPlain)
  }

  @Test(
    "a probability is 0 or 1 only when it is",
    arguments: [
      (0.0, "0"), (1e-12, "0.000001"), (0.000_000_6, "0.000001"), (0.5, "0.5"),
      (0.999_999_9, "0.999999"), (1.0, "1"),
    ])
  func probability(value: Double, text: String) {
    #expect(NumberFormat.probability.text(value) == text)
  }

  @Test("a text is quoted only when it has to be, and leaves in NFC")
  func quoting() {
    var writer = CSVWriter()
    for text in ["", "a b", "a,b", "say \"no\"", "two\nlines", "cr\r", "Hoa\u{0300}"] {
      writer.cell(text)
    }
    writer.endRow()
    let expected = ",a b,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",\"cr\r\",Ho\u{00E0}\n"
    #expect(writer.bytes == Array(expected.utf8))
  }

  @Test("a row of one empty cell is no blank line")
  func blankLine() {
    var writer = CSVWriter()
    writer.cell("")
    writer.endRow()
    writer.cell(Int?.none)
    writer.cell("")
    writer.endRow()
    #expect(writer.bytes == Array("\"\"\n,\n".utf8))
  }

  @Test("missing and not finite numbers are empty cells")
  func missing() {
    var writer = CSVWriter()
    for number in [nil, Double.nan, .infinity, -.infinity] { writer.cell(number, .value) }
    writer.cell(Period?.none)
    writer.cell(Day?.none)
    writer.cell(-7)
    writer.endRow()
    #expect(writer.bytes == Array(",,,,,,-7\n".utf8))
  }

  @Test("the mark for Excel stands before the header when asked for")
  func byteOrderMark() {
    let table = CSVTable.unitCounts(isSynthetic: false)
    let plain = table.bytes(Sample.counts)
    #expect(table.bytes(Sample.counts, byteOrderMark: true) == [0xEF, 0xBB, 0xBF] + plain)
  }

  @Test("columns are those of design §5")
  func columns() {
    let projections =
      "indicator,unit,period,step,kind,mean,p2.5,p5,p10,p25,p50,p75,p90,p95,p97.5,model,origin,"
      + "synthetic"
    let attainment =
      "indicator,unit,target_id,target_basis,deadline,comparator,target,target_high,"
      + "baseline_period,baseline_value,last_period,last_value,settlement_status,gap,probability,"
      + "probability_reach_by,probability_high,expected,p10,p90,reach_date_p10,reach_date_p50,"
      + "reach_date_p90,required_pace,recent_pace,pace_percentile,roadmap_completion,status,"
      + "forecast_grade,checked_questions,model,origin,synthetic,note"
    #expect(header(CSVTable.projections(isSynthetic: true).schema) == projections)
    #expect(header(CSVTable.attainment(isSynthetic: true).schema) == attainment)
    #expect(
      header(CSVTable.rejected(isSynthetic: true).schema) == "file,line,column,found,expected,fix")
  }

  private func header(_ schema: TableSchema) -> String {
    schema.fields.map(\.name).joined(separator: ",")
  }

  /// Scores and ratios that have no unit.
  static let pureNumbers: Set = [
    "calibration_error", "calibration_noise", "reliability", "resolution", "sharpness",
    "uncertainty", "long_run", "multiple_of_today", "correlation",
  ]

  @Test("every column is described")
  func described() {
    for schema in Sample.schemas {
      for field in schema.fields {
        #expect(field.description.hasSuffix("."), "\(schema.name) \(field.name)")
        let isPure =
          Self.pureNumbers.contains(field.name)
          || field.name.hasPrefix("brier") || field.name.hasPrefix("skill_")
        #expect(field.kind != .number || !field.unit.isEmpty || isPure, "\(field.name)")
      }
    }
  }
}

extension Sample {
  /// The schemas of all CSV outputs.
  static let schemas: [TableSchema] = [
    CSVTable.projections(isSynthetic: true).schema, CSVTable.attainment(isSynthetic: true).schema,
    CSVTable.rejected(isSynthetic: true).schema, CSVTable.contributions(isSynthetic: true).schema,
    CSVTable.unitCounts(isSynthetic: true).schema, CSVTable.alerts(isSynthetic: true).schema,
    CSVTable.calibration(isSynthetic: true).schema, CSVTable.dataQuality(isSynthetic: true).schema,
  ]
}

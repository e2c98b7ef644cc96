import IndicatorStore
import Indicators
import Testing
import TimeSeries

/// How numbers are read, seen through files of one column of values.
@Suite struct NumberTests {
  /// The values of a file with these cells in rows of their own, `nil` for a rejected row.
  private func values(_ cells: [String], decimalComma: Bool? = nil) throws -> [Double?] {
    var text = "indicator;unit;period;value\n"
    for (index, cell) in cells.enumerated() { text += "a;u;\(index);\(cell)\n" }
    let file = try ObservationReader(
      options: ReadingOptions(decimalComma: decimalComma, periodsAreSteps: true)
    ).read(Array(text.utf8), name: "observations.csv")
    #expect(file.rowsRead == file.rowsAccepted + file.rejected.count)
    return cells.indices.map { step in
      file.observations.first { $0.period.ordinal == step }?.value
    }
  }

  @Test func plainNumbers() throws {
    let cells = ["0", "-3", "+4", "007", "12.5", ".5", "5.", "1e3", "2.5E-2", "−1.5", " 8 "]
    #expect(try values(cells) == [0, -3, 4, 7, 12.5, 0.5, 5, 1000, 0.025, -1.5, 8])
  }

  @Test(arguments: [
    "", "abc", "1.2.3", "1,2,3", "--1", "1-2", "0x10", "inf", "1e", "e5", ".", "-", "1 2",
    "1.23,4.5",
    "12.34,5", "1,5e2x", "1e99999",
  ])
  func otherTextIsNoNumber(cell: String) throws {
    #expect(try values([cell, "0.5"]) == [nil, 0.5])
  }

  /// Swift's own correctly rounding parser is the reference; the reader has a fast path of its own.
  @Test func valuesAreTheNearestDoubles() throws {
    var generator = SplitMix(state: 11)
    var cells = [
      "9007199254740993", "0.1", "123456789012345678901234567890", "1e22", "1e23",
      "4.9406564584124654e-324", "2.2250738585072011e-308", "1.7976931348623157e308",
      "0.30000000000000004", "8.41e21", "9007199254740992.5", "00000000000000000000000001.5",
    ]
    for _ in 0..<2000 {
      let digits = String(generator.next())
      let place = Int(generator.next() % UInt64(digits.count - 1)) + 1
      cells.append("\(digits.prefix(place)).\(digits.dropFirst(place))")
      cells.append("0.\(digits.prefix(Int(generator.next() % 19) + 1))")
    }
    #expect(try values(cells) == cells.map(Double.init))
  }

  static let habits: [(cells: [String], values: [Double?])] = [
    // Nothing decides: an error, never a guess.
    (["1.234"], [nil]), (["1,234"], [nil]), (["7", "1.234"], [7, nil]),
    // One way to read it.
    (["97,5"], [97.5]), (["1.234,56"], [1234.56]), (["1,234.56"], [1234.56]),
    (["1.234.567"], [1_234_567]), (["1,234,567"], [1_234_567]), (["0,125"], [0.125]),
    (["1234.567"], [1234.567]),
    // The rest of the file decides, whatever the order.
    (["1.234", "72.5"], [1.234, 72.5]), (["72.5", "1.234"], [72.5, 1.234]),
    (["1,234", "97,5"], [1.234, 97.5]), (["1.234", "97,5"], [1234, 97.5]),
    (["1,234", "1,234.5"], [1234, 1234.5]), (["1.234", "1.234,5"], [1234, 1234.5]),
    // A decimal point in the file: other signs are not trusted.
    (["1.234,5", "72.5"], [nil, 72.5]), (["72.5", "1.234,5"], [72.5, nil]),
    (["1,234", "72.5"], [nil, 72.5]), (["1.234.567", "72.5"], [nil, 72.5]),
    (["97,5", "72.5"], [97.5, 72.5]), (["1,234,567", "72.5"], [1_234_567, 72.5]),
  ]

  @Test(arguments: habits)
  func theFileShowsItsDecimalSign(cells: [String], values expected: [Double?]) throws {
    #expect(try values(cells) == expected)
    #expect(try values(cells.reversed()) == expected.reversed())
  }

  @Test func theUserSaysTheDecimalSign() throws {
    let cells = ["1.234", "1,234", "1.234,5", "97,5", "72.5"]
    #expect(try values(cells, decimalComma: true) == [1234, 1.234, 1234.5, 97.5, 72.5])
    #expect(try values(cells, decimalComma: false) == [1.234, 1234, nil, 97.5, 72.5])
  }

  @Test func anAmbiguousNumberIsToldWithBothReadings() throws {
    let file = try ObservationReader().read(
      Array("indicator,unit,period,value\na,u,2026-05,1.234\n".utf8), name: "observations.csv")
    #expect(
      file.rejected.map(\.description) == [
        """
        observations.csv:2:13: error: found "1.234" in column "value", an ambiguous number, expected a number that can be read in one way only
          fix: write 1234 or 1.2340, or say whether a comma is the decimal sign of the file
        """
      ])
  }
}

/// A small generator with a written seed, for tests only (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

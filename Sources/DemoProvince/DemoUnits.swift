import Indicators
import RealModule
import Statistics
import TimeSeries

/// One of the 95 invented units, with what only the generator knows of it.
struct DemoUnit: Sendable {
  let code: String
  let number: Int
  let isWard: Bool
  let former: String
  /// Residents in the middle of 2025.
  let population: Double
  /// Yearly growth of the population.
  let growth: Double
  /// Relative error of the population register, a year from 2023 to 2030.
  var registerError: [Double]
  /// Whether its reports usually come weeks late.
  let isLate: Bool
  /// Months (steps) in which nothing at all was reported.
  let outage: Range<Int>

  /// The year in which the register misses residents, so that shares of it can exceed 100 %.
  var staleYear: Int?

  /// Whether the register of a step's year misses residents.
  func isStale(_ step: Int) -> Bool { DemoCalendar.year(step) == staleYear }

  /// Residents at a step.
  func residents(_ step: Int) -> Double {
    population * Double.exp(growth * Double(step - 30) / 12)
  }

  /// Residents as the register holds them: brought up to date each January, with an error.
  func registered(_ step: Int) -> Double {
    let year = step / 12
    return residents(12 * year) * (1 + registerError[year])
  }
}

/// The invented geography: Tỉnh Mẫu, its two former provinces and its units.
enum DemoGeography {
  static let province = "TINH_MAU"
  static let formerProvinces = ["MAU_A", "MAU_B"]
  static let unitCount = 95
  /// The unit that became a ward in 2026.
  static let promoted = 30

  static func code(_ number: Int) -> String { "M" + threeDigits(number) }

  static func threeDigits(_ number: Int) -> String {
    String(String(1000 + number).dropFirst())
  }

  static func units(_ streams: Streams) -> [DemoUnit] {
    let codes = (1...unitCount).map(code)
    let late = streams.choice(7, of: codes, purpose: "late-units")
    let withOutage = streams.choice(5, of: codes, purpose: "outage-units")
    return (1...unitCount).map { number in
      let code = code(number)
      let isA = number <= 56
      let isWard = isA ? number <= 18 : number <= 66
      var stream = streams("unit", "", code)
      let centre = isWard ? 68_000.0 : 36_000.0
      let population = (centre * Double.exp(0.35 * stream.normal())).rounded()
      let growth = (isWard ? 0.018 : 0.008) + 0.004 * stream.normal()
      let before = 0.012 * stream.normal()
      let errors = (2023...2030).map { year in
        year < 2026 ? before : 0.008 * stream.normal()
      }
      let firstLost = DemoCalendar.communeStart + 3 + Int(stream.uniform() * 8)
      let lost = 2 + Int(stream.uniform() * 2)
      return DemoUnit(
        code: code, number: number, isWard: isWard, former: isA ? "MAU_A" : "MAU_B",
        population: population, growth: growth, registerError: errors,
        isLate: late.contains(code),
        outage: withOutage.contains(code) ? firstLost..<(firstLost + lost) : 0..<0)
    }
  }

  /// `units.csv`.
  static func file(_ units: [DemoUnit]) -> String {
    var csv = CSVText([
      "unit", "name_vi", "name_en", "level", "kind", "parent", "official_code", "valid_from",
      "valid_to", "name_vi_variant", "note",
    ])
    let note = "synthetic"
    csv.append([
      province, "Tỉnh Mẫu", "Sample Province", "province", "tỉnh", "", "", "2025-07-01", "", "",
      "synthetic: an invented province",
    ])
    for (code, letter) in zip(formerProvinces, ["A", "B"]) {
      csv.append([
        code, "Tỉnh Mẫu \(letter) (trước 01/7/2025)",
        "Sample Province \(letter) (before 1 July 2025)", "former_province", "tỉnh", province, "",
        "", "2025-06-30", "", note,
      ])
    }
    for unit in units {
      let digits = threeDigits(unit.number)
      let names: (kind: String, vietnamese: String, english: String) =
        unit.isWard
        ? ("phường", "Phường Mẫu \(digits)", "Sample Ward \(digits)")
        : ("xã", "Xã Mẫu \(digits)", "Sample Commune \(digits)")
      let isPromoted = unit.number == promoted
      csv.append([
        unit.code, names.vietnamese, names.english, "commune", names.kind, unit.former, "",
        "2025-07-01", isPromoted ? "2026-04-30" : "", "", note,
      ])
      if isPromoted {
        csv.append([
          unit.code, "Phường Mẫu \(digits)", "Sample Ward \(digits)", "commune", "phường",
          unit.former, "", "2026-05-01", "", "", "synthetic: a commune that became a ward",
        ])
      }
    }
    return csv.text
  }
}

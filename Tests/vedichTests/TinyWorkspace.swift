import Foundation

/// A province of four communes with sixteen months: small enough to run in a moment.
enum TinyWorkspace {
  static let units = """
    unit,name_vi,name_en,level,kind,parent
    T,Tỉnh Thử,Test Province,province,tỉnh,
    U1,Xã Thử 1,Test Commune 1,commune,xã,T
    U2,Xã Thử 2,Test Commune 2,commune,xã,T
    U3,Xã Thử 3,Test Commune 3,commune,xã,T
    U4,Xã Thử 4,Test Commune 4,commune,xã,T

    """

  static let header = "indicator,unit,period,value,numerator,denominator,source"

  /// Rows without the header, all of them good.
  static let rows: [String] = {
    var rows: [String] = []
    for month in 0..<16 {
      let period = "\(2025 + (month + 6) / 12)-\(twoDigits((month + 6) % 12 + 1))"
      for unit in 1...4 {
        // A steady rise with a small, fixed unevenness.
        let wobble = (month * 7 + unit * 5) % 4
        let paid = 400 + 60 * unit + 12 * month + wobble
        rows.append("cashless_share,U\(unit),\(period),,\(paid),1000,synthetic")
        let firms = (month + 6) % 12 / (5 - unit)
        rows.append("startups_innovative,U\(unit),\(period),\(firms),,,synthetic")
      }
      let thousandths = 12_000 + 90 * month + 10 * (month % 3)
      rows.append("digital_economy_share,T,\(period),\(Double(thousandths) / 1000),,,synthetic")
    }
    return rows
  }()

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  /// Writes the workspace, with other rows if they are given.
  static func write(to folder: URL, rows: [String] = rows) throws {
    try folder.write("tiny/units.csv", units)
    try folder.write("tiny/observations.csv", ([header] + rows).joined(separator: "\n") + "\n")
  }

  /// The arguments that run it.
  static func arguments(_ more: [String] = [], output: String = "out") -> [String] {
    ["run", "--workspace", "tiny", "--seeds", Program.seeds, "--paths", "201", "--output", output]
      + more
  }
}

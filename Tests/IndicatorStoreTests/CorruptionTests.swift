import IndicatorStore
import Indicators
import Testing
import TimeSeries

/// Files damaged at random: reading never stops, no row is lost silently, the undamaged rows stay.
@Suite struct CorruptionTests {
  private static let header = "indicator,unit,period,value,status,reported_at,note"

  private static func lines(_ generator: inout SplitMix) -> [String] {
    var lines: [String] = []
    for unit in 0..<6 {
      for month in 1...12 {
        let value = Double(generator.next() % 1000) / 10
        let note = ["", "\"a, b\"", "\"một \"\"hai\"\"\"", "Đồng Nai"][Int(generator.next() % 4)]
        let padded = month < 10 ? "0\(month)" : "\(month)"
        lines.append("share,u\(unit),2026-\(padded),\(value),official,2027-01-\(padded),\(note)")
      }
    }
    return lines
  }

  private static func read(_ bytes: [UInt8]) -> ObservationFile? {
    do throws(FileFault) {
      return try ObservationReader().read(bytes, name: "f.csv")
    } catch {
      return nil
    }
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func randomBytesNeverStopTheReading(seed: UInt64) throws {
    var generator = SplitMix(state: seed)
    var bytes = Array(([Self.header] + Self.lines(&generator)).joined(separator: "\n").utf8)
    for _ in 0..<(1 + generator.next() % 40) {
      let place = Int(generator.next() % UInt64(bytes.count))
      switch generator.next() % 5 {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(34, at: place)
      case 3: bytes.insert([44, 59, 9, 10, 13, 0][Int(generator.next() % 6)], at: place)
      default:
        bytes.removeSubrange(place..<min(bytes.count, place + 1 + Int(generator.next() % 60)))
      }
      if bytes.isEmpty { bytes = [10] }
    }
    guard let file = Self.read(bytes) else { return }
    #expect(file.rowsRead == file.rowsAccepted + file.rejected.count)
    #expect(file.rejected.allSatisfy { $0.line > 0 && !$0.fix.isEmpty && $0.severity == .error })
    #expect(file.observations.allSatisfy { $0.value.isFinite })
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func rowsThatAreNotDamagedAreKept(seed: UInt64) throws {
    var generator = SplitMix(state: seed)
    var lines = Self.lines(&generator)
    let whole = try #require(Self.read(Array(([Self.header] + lines).joined(separator: "\n").utf8)))
    #expect(whole.rowsAccepted == lines.count)
    var damaged: Set<Int> = []
    for _ in 0..<8 {
      let index = Int(generator.next() % UInt64(lines.count))
      guard damaged.insert(index).inserted else { continue }
      let place = lines[index].index(
        lines[index].startIndex, offsetBy: Int(generator.next() % 20))
      switch generator.next() % 4 {
      case 0: lines[index].insert("\"", at: place)
      case 1: lines[index] = "share,u0,\"2026-01"
      case 2: lines[index] = String(lines[index][..<place])
      default: lines[index] = "share,u1,2026-13,5,,,"
      }
    }
    let file = try #require(Self.read(Array(([Self.header] + lines).joined(separator: "\n").utf8)))
    #expect(file.rowsRead == file.rowsAccepted + file.rejected.count)
    let kept = Set(file.observations)
    let reference = whole.observations
    for (index, line) in lines.enumerated() where !damaged.contains(index) {
      let cells = line.split(separator: ",")
      let observation = try #require(
        reference.first { $0.unit == cells[1] && $0.period.description == cells[2] })
      #expect(kept.contains(observation), "\(line)")
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func theOrderOfRowsChangesNothingButLines(seed: UInt64) throws {
    var generator = SplitMix(state: seed)
    var lines = Self.lines(&generator)
    lines += lines.prefix(5)
    lines += lines.prefix(3).map { $0.replacing("Đồng Nai", with: "khác") }
    lines += [
      "share,u0,2026-02,1,official,2027-01-02,", "share,u0,2026-03,,,,", "share,u9,2026-13,1,,,",
    ]
    lines += ["share,u8,2026-01,\"1.234,5\",,,", "share,u8,2026-02,\"1,234\",,,"]
    func result() throws -> (ObservationFile, [String]) {
      let file = try #require(
        Self.read(Array(([Self.header] + lines).joined(separator: "\n").utf8)))
      return (file, file.rejected.map { "\($0.column) \($0.expected)" }.sorted())
    }
    let (first, firstRejected) = try result()
    lines.shuffle(using: &generator)
    let (second, secondRejected) = try result()
    #expect(first.observations == second.observations)
    #expect(first.missing == second.missing)
    #expect(firstRejected == secondRejected)
    #expect(first.rejected.count >= 8)
  }
}

import ArgumentParser
import Attainment
import DemoProvince
import Statistics

/// The provinces that `simulate-provinces` knows by name.
enum SimulatedProvinces: String, CaseIterable, ExpressibleByArgument {
  case demo, walk, heavy, factor, breaks, jumps, rush

  /// Makes the provinces.
  var source: any ProvinceSource {
    switch self {
    case .demo: DemoProvinceSource()
    case .walk: ProvinceGenerator.walk
    case .heavy: ProvinceGenerator.heavy
    case .factor: ProvinceGenerator.factor
    case .breaks: ProvinceGenerator.breaks
    case .jumps: ProvinceGenerator.jumps
    case .rush: ProvinceGenerator.rush
    }
  }
}

/// The bundled demo's shares under other seeds: adoption curves to ceilings of each unit, of a common speed.
struct DemoProvinceSource: ProvinceSource {
  /// Months before the origin that every calendar month can begin.
  static let longestHistory =
    DemoShares.monthCount - (ProvinceTrial.horizons.max() ?? 0) - 11

  let name = "demo"

  func values(
    unitCount: Int, months: Int, firstMonth: Int, stream: inout RandomStream
  ) -> [[Double]] {
    let seed = stream.next()
    let share = min(Int(stream.uniform() * Double(DemoShares.count)), DemoShares.count - 1)
    // A year later where there is room: histories of three years then end in the year for which the demo's levels are set.
    let start = firstMonth + (months + firstMonth + 12 <= DemoShares.monthCount ? 12 : 0)
    return DemoShares.values(
      seed: seed, share: share, unitCount: unitCount, months: start..<(start + months))
  }
}

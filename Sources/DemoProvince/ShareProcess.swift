import RealModule
import Statistics

/// Numerators and denominators of one share as they truly come about, by unit and step.
struct ShareCounts: Sendable {
  /// By unit, then step from January 2023 to December 2030.
  var numerators: [[Int]]
  var denominators: [[Int]]
  /// The share that the process expects, before counting and before errors of the register.
  var latent: [[Double]]
  /// What generated each unit.
  var parameters: [UnitParameters]

  /// Numerator and denominator summed over some units at a step.
  func sum(of units: [Int], at step: Int) -> (numerator: Int, denominator: Int) {
    var numerator = 0
    var denominator = 0
    for unit in units {
      numerator += numerators[unit][step]
      denominator += denominators[unit][step]
    }
    return (numerator, denominator)
  }
}

/// The parameters drawn for one unit and share.
struct UnitParameters: Sendable {
  let ceiling: Double
  let pace: Double
  let effect: Double
}

/// Generates a share: adoption curves with unit effects, a speed and shocks common to all units, and
/// autoregressive noise of each unit's own.
struct ShareProcess {
  let specification: ShareSpecification
  let streams: Streams
  /// Adoption time at each step, 0 at the origin: the common speed of adoption summed up.
  let clock: [Double]
  let commonShock: [Double]

  init(_ specification: ShareSpecification, streams: Streams) {
    self.specification = specification
    self.streams = streams
    var stream = streams("common", specification.code)
    let logSpeed = AutoregressiveNoise(persistence: 0.95, innovation: 0.09)
      .path(DemoCalendar.stepCount, &stream)
    var time = 0.0
    var clock: [Double] = []
    for value in logSpeed {
      time += Double.exp(value - 0.04)
      clock.append(time)
    }
    let atOrigin = clock[DemoCalendar.origin]
    self.clock = clock.map { $0 - atOrigin }
    commonShock = AutoregressiveNoise(
      persistence: 0.93, innovation: specification.base.isFlow ? 0.035 : 0.012
    ).path(DemoCalendar.stepCount, &stream)
  }

  func counts(_ units: [DemoUnit]) -> ShareCounts {
    var counts = ShareCounts(numerators: [], denominators: [], latent: [], parameters: [])
    for unit in units {
      var stream = streams("unit-share", specification.code, unit.code)
      let parameters = draw(unit, &stream)
      let driven = DemoDrivers(streams: streams)
        .contribution(specification.code, unit: unit.code)
      let latent = latentPath(parameters, driven: driven, &stream)
      var numerators: [Int] = []
      var denominators: [Int] = []
      for step in 0..<DemoCalendar.stepCount {
        let (numerator, denominator) = count(unit, step, share: latent[step], &stream)
        numerators.append(numerator)
        denominators.append(denominator)
      }
      counts.numerators.append(numerators)
      counts.denominators.append(denominators)
      counts.latent.append(latent)
      counts.parameters.append(parameters)
    }
    return counts
  }

  private func draw(_ unit: DemoUnit, _ stream: inout RandomStream) -> UnitParameters {
    let isOpenEnded = specification.ceiling >= 1
    let ceiling =
      isOpenEnded
      ? specification.ceiling
      : min(0.998, specification.ceiling + 0.012 * stream.normal())
    let pace = specification.pace * Double.exp(0.2 * stream.normal())
    let ward = (unit.isWard ? 0.7 : -0.3) * specification.wardLead
    let former = unit.former == "MAU_A" ? 0.08 : -0.12
    let effect = ward + former + specification.unitSpread * stream.normal()
    return UnitParameters(ceiling: ceiling, pace: pace, effect: effect)
  }

  private func latentPath(
    _ unit: UnitParameters, driven: [Double]?, _ stream: inout RandomStream
  ) -> [Double] {
    let isFlow = specification.base.isFlow
    let own = AutoregressiveNoise(
      persistence: isFlow ? 0.8 : 0.95, innovation: isFlow ? 0.05 : 0.012
    ).path(DemoCalendar.stepCount, &stream)
    let anchor = scaled(specification.level / specification.ceiling)
    var isComplete = false
    return (0..<DemoCalendar.stepCount).map { step in
      var z = anchor + unit.effect + unit.pace * clock[step] + commonShock[step] + own[step]
      if let driven { z += driven[step] }
      if isFlow { z -= 0.12 * DemoCalendar.lunarNewYear(step) }
      // The levels are those of the later definition.
      if let shift = specification.shiftStep, step < shift { z -= specification.shiftSize }
      let share = unit.ceiling * unscaled(z)
      // Once everything is done it stays done, but only communes report, from 2025 on.
      if share >= 1 && step >= DemoCalendar.communeStart { isComplete = true }
      return isComplete ? 1 : min(share, 0.9995)
    }
  }

  /// The curve's own scale: logit, or −log(−log) for Gompertz.
  private func scaled(_ q: Double) -> Double {
    switch specification.curve {
    case .logistic: .logit(q)
    case .gompertz: -Double.log(-Double.log(q))
    }
  }

  private func unscaled(_ z: Double) -> Double {
    switch specification.curve {
    case .logistic: .expit(z)
    case .gompertz: Double.exp(-Double.exp(-z))
    }
  }

  /// One month's numerator and denominator of a unit.
  private func count(
    _ unit: DemoUnit, _ step: Int, share: Double, _ stream: inout RandomStream
  ) -> (numerator: Int, denominator: Int) {
    let base = specification.base
    let noise = stream.normal()
    let volume = stream.normal()
    if base.isFlow {
      let season = 1 - 0.3 * DemoCalendar.lunarNewYear(step) + seasonalVolume(step)
      let mean = unit.residents(step) * base.perResident * season
      let denominator = max(20, Int((mean * Double.exp(0.06 * volume)).rounded()))
      // Twice the variance of a binomial: one person makes several of them.
      let deviation = Double.sqrt(2 * Double(denominator) * share * (1 - share))
      let numerator = Int((Double(denominator) * share + deviation * noise).rounded())
      if share >= 1 { return (denominator, denominator) }
      return (min(max(0, numerator), denominator - 1), denominator)
    }
    let denominator = Int((unit.registered(step) * base.perResident).rounded())
    let people = unit.residents(step) * base.perResident
    let deviation = 0.3 * Double.sqrt(people * share * (1 - share))
    let numerator = Int((people * share + deviation * noise).rounded())
    let most = unit.isStale(step) ? denominator * 1_049 / 1_000 : denominator
    return (min(max(0, numerator), most), denominator)
  }

  private func seasonalVolume(_ step: Int) -> Double {
    switch DemoCalendar.monthOfYear(step) {
    case 12: 0.1
    case 11: 0.05
    case 8, 9: specification.base == .dossiers ? 0.08 : 0
    default: 0
    }
  }
}

import Statistics

/// What each member says of one unit at one horizon.
extension InsideView {
  func shareMembers(_ place: Int, horizon: Int) -> [InsideDistribution.Member] {
    guard let growth else { return [] }
    let history = plain.members[place]
    let weights = history.count >= 4 ? settings.shares : settings.shortShares
    var members: [InsideDistribution.Member] = [
      .init(
        weight: weights.growth, part: .growth(growth.mixture(member: place, steps: horizon))),
      .init(
        weight: weights.analogues,
        part: analogue(bounded, Self.boundedAnalogues, place: place, horizon: horizon)),
      .init(weight: weights.shape, part: shape(place, horizon: horizon)),
    ]
    if history.count >= 4, unsteadiness > 0 {
      let share = settings.fallingShare * unsteadiness
      for index in members.indices { members[index].weight *= 1 - share }
      let damped = DampedGrid(root.members[place].values, panelVariance: dampedVariance)
      members.append(
        .init(
          weight: share,
          part: .students(
            damped.forecast(steps: horizon), degrees: damped.degreesOfFreedom, scale: root.scale)))
    }
    return members
  }

  func levelMembers(_ place: Int, horizon: Int) -> [InsideDistribution.Member] {
    let history = plain.members[place]
    let weights = history.count >= 4 ? settings.levels : settings.shortLevels
    var members: [InsideDistribution.Member] = []
    func add(_ weight: Double, _ part: () -> InsideDistribution.Part) {
      if weight > 0 { members.append(.init(weight: weight, part: part())) }
    }
    add(weights.damped) {
      let damped = DampedGrid(root.members[place].values, panelVariance: nil)
      return .students(
        damped.forecast(steps: horizon), degrees: damped.degreesOfFreedom, scale: root.scale)
    }
    add(weights.analogues) {
      analogue(plain, Self.levelAnalogues, place: place, horizon: horizon)
    }
    add(weights.rootAnalogues) {
      analogue(root, Self.levelAnalogues, place: place, horizon: horizon)
    }
    add(weights.ratios) { analogue(plain, Self.ratioAnalogues, place: place, horizon: horizon) }
    add(weights.drift) {
      let (member, degrees) = LongRunDrift.forecast(history.values, steps: horizon)
      return .students([member], degrees: degrees, scale: plain.scale)
    }
    add(weights.recentDrift) {
      let year = max(4, panel.paceLengths.middle)
      let (member, degrees) = LongRunDrift.forecast(
        Array(history.values.suffix(year + 1)), steps: horizon)
      return .students([member], degrees: degrees, scale: plain.scale)
    }
    add(weights.counts) { count(place, horizon: horizon) }
    return members
  }

  private func analogue(
    _ scaled: ScaledMembers, _ settings: AnalogueWindows.Settings, place: Int, horizon: Int
  ) -> InsideDistribution.Part {
    let key = analogueKey(scaled, settings, horizon)
    let history = scaled.members[place]
    let windows =
      memory.windows[key]
      ?? AnalogueWindows(
        scaled.members, horizon: key.horizon, lengths: panel.paceLengths, settings: settings)
    guard let windows else {
      let (member, degrees) = LongRunDrift.forecast(history.values, steps: horizon)
      return .students([member], degrees: degrees, scale: scaled.scale)
    }
    let last = history.count - 1
    let pace = AnalogueWindows.pace(of: history, at: last, panel.paceLengths)
    let kernel = windows.kernel(level: history.values[last], pace: pace, steps: horizon)
    return .kernel(kernel, origin: history.values[last], unit: 1, scale: scaled.scale)
  }

  private func shape(_ place: Int, horizon: Int) -> InsideDistribution.Part {
    let shape = shapes[place]
    let last = shape.history.count - 1
    let windows =
      memory.shapes[horizon]
      ?? ShapeWindows(own: shapes, others: others, wanted: horizon, usesLevel: true)
    guard let windows else {
      let damped = DampedGrid(shape.history.values, panelVariance: nil)
      return .students(
        damped.forecast(steps: horizon), degrees: damped.degreesOfFreedom, scale: bounded.scale)
    }
    return .kernel(
      windows.kernel(shape, at: last), origin: shape.history.values[last],
      unit: Double(horizon) * shape.sizes[last], scale: bounded.scale)
  }

  private func count(_ place: Int, horizon: Int) -> InsideDistribution.Part {
    let shape = shapes[place]
    let last = shape.history.count - 1
    let level = shape.history.values[last]
    let usable = CountGrowth.usableHorizon(horizon, periodCount: panel.periodCount)
    let growth =
      memory.counts[usable]
      ?? CountGrowth(shapes, horizon: usable, periodCount: panel.periodCount)
    // A unit that stands still may still move at a tenth of what the others' paces are for their size.
    let relative = shapes.compactMap { other -> Double? in
      let index = shape.history.end - other.history.start
      guard index > 0, index < other.history.count else { return nil }
      return other.sizes[index] / max(abs(other.history.values[index]), 1e-9)
    }
    let least = relative.isEmpty ? 0 : 0.1 * median(relative) * abs(level)
    let size = max(shape.sizes[last], least, 1e-6 * max(abs(level), 1))
    return .count(growth, origin: level, unit: Double(horizon) * size)
  }
}

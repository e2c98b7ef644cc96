import RealModule
import Statistics

/// Several models joined by a ``CombinationRule``, with weights and a learned correction of their spread.
public struct PooledCombination: Forecaster {
  /// As printed in a `model` column.
  public let name: String
  /// The members, in the order in which they get their blocks of paths.
  public let members: [any Forecaster]
  /// One each, which add up to 1.
  public let weights: [Double]
  /// How they become one distribution.
  public let rule: CombinationRule
  /// What is done to the spread of the combination.
  public let spread: SpreadCorrection

  /// Creates a combination.
  ///
  /// - Parameters:
  ///   - name: As printed in a `model` column.
  ///   - members: At least one.
  ///   - weights: One each, not negative; `nil` for equal ones. They are scaled to add up to 1.
  ///   - rule: How the distributions become one.
  ///   - spread: What is done to the spread.
  public init(
    name: String, members: [any Forecaster], weights: [Double]? = nil,
    rule: CombinationRule = .quantileMean, spread: SpreadCorrection = .none
  ) {
    precondition(weights.map { $0.count == members.count } ?? true, "one weight for each member")
    self.name = name
    self.members = members
    let given = weights ?? [Double](repeating: 1, count: members.count)
    self.weights = given.shares
    self.rule = rule
    self.spread = spread
  }

  /// Fits every member; those that cannot be fitted are left out and named with their reason.
  ///
  /// - Throws: The first member's error when no member can be fitted.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedPooledCombination {
    var fitted: [any FittedForecaster] = []
    var kept: [Double] = []
    var failures: [FittedCombination.Failure] = []
    for (member, weight) in zip(members, weights) {
      do throws(FitError) {
        fitted.append(try member.fit(data))
        kept.append(weight)
      } catch {
        failures.append(FittedCombination.Failure(member: member.name, error: error))
      }
    }
    guard !fitted.isEmpty else {
      throw failures.first?.error ?? .tooShort(observations: 0, needed: 1)
    }
    return FittedPooledCombination(
      name: name, members: fitted, weights: kept.shares, failures: failures, rule: rule,
      spread: spread)
  }
}

/// The fitted members of a combination, and how they become one distribution.
public struct FittedPooledCombination: FittedForecaster {
  /// As printed in a `model` column.
  public let name: String
  /// The members that were fitted.
  public let members: [any FittedForecaster]
  /// Their weights, which add up to 1.
  public let weights: [Double]
  /// The members that were not fitted.
  public let failures: [FittedCombination.Failure]
  let rule: CombinationRule
  let spread: SpreadCorrection

  /// The weights, and what the members found.
  public var summary: ModelSummary {
    var warnings = failures.map { "\($0.member) left out: \($0.error)" }
    let summaries = members.map(\.summary)
    for member in summaries { warnings += member.warnings.map { "\(member.name): \($0)" } }
    return ModelSummary(
      name: name,
      parameters: zip(summaries, weights).map { .init("weight_\($0.name)", $1) },
      warnings: warnings, members: summaries)
  }

  /// The distribution of the rule.
  public func forecast(_ future: FutureData) -> ForecastDistribution {
    combined(members.map { $0.forecast(future) }, future)
  }

  private func combined(
    _ forecasts: [ForecastDistribution], _ future: FutureData
  ) -> ForecastDistribution {
    let marginals = future.steps.indices.map { index in
      let joined = rule.combine(forecasts.map { $0.marginals[index] }, weights: weights)
      return spread.corrected(joined, step: future.steps[index])
    }
    return ForecastDistribution(steps: future.steps, marginals: marginals)
  }

  /// Each member's block of paths, taken over to the combined distribution: a value goes where the combination has the
  /// probability that it has in its own member's distribution.
  ///
  /// So the paths of a member keep their ranks and what joins their steps, and at every step have the combined distribution. A
  /// point mass is spread over its probabilities by the number of the path.
  public func simulate(
    _ future: FutureData, shocks: Shocks, range: Range<Int>, into paths: inout SamplePaths
  ) {
    let forecasts = members.map { $0.forecast(future) }
    let isPlain = rule == .mixture && spread == .none
    let target = isPlain ? nil : combined(forecasts, future)
    var before = 0.0
    for (index, member) in members.enumerated() {
      let low = Int(before * Double(shocks.pathCount))
      before = index == members.count - 1 ? 1 : before + weights[index]
      let block = range.clamped(to: low..<max(low, Int(before * Double(shocks.pathCount))))
      guard !block.isEmpty else { continue }
      member.simulate(future, shocks: shocks, range: block, into: &paths)
      guard let target else { continue }
      for row in future.steps.indices {
        let own = forecasts[index].marginals[row]
        let other = target.marginals[row]
        for path in block {
          let place = row * shocks.pathCount + path
          let limits = own.transform(paths.values[place])
          let share = (Double(path) + 0.5) * Self.golden
          let within = share - share.rounded(.down)
          let probability = limits.lower + within * (limits.upper - limits.lower)
          paths.values[place] = other.quantile(min(max(probability, 1e-12), 1 - 1e-12))
        }
      }
    }
  }

  /// Multiples of the golden ratio are spread evenly over the unit interval.
  private static let golden = 0.618_033_988_749_894_9
}

extension [Double] {
  /// The same numbers scaled to add up to 1; equal ones where they are all 0.
  var shares: [Double] {
    let total = reduce(0, +)
    guard total > 0 else { return map { _ in 1 / Double(count) } }
    return map { $0 / total }
  }
}

/// Several models with one weight each: their mixture is the forecast distribution, and each drives its share of the paths.
///
/// A mixture, not an average of quantiles: members that disagree make it wider, which is what model uncertainty means. Paths
/// are dealt to members in blocks of their index, so two units whose shocks are shared also share which model is right.
public struct EqualWeightCombination: Forecaster {
  /// The members, in the order in which they get their blocks of paths.
  public let members: [any Forecaster]
  /// As printed in a `model` column.
  public let name: String

  /// Creates a combination.
  public init(name: String, members: [any Forecaster]) {
    self.name = name
    self.members = members
  }

  /// Fits every member; those that cannot be fitted are left out and named with their reason.
  ///
  /// - Throws: The first member's error when no member can be fitted.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedCombination {
    var fitted: [any FittedForecaster] = []
    var failures: [FittedCombination.Failure] = []
    for member in members {
      do throws(FitError) {
        fitted.append(try member.fit(data))
      } catch {
        failures.append(FittedCombination.Failure(member: member.name, error: error))
      }
    }
    guard !fitted.isEmpty else {
      throw failures.first?.error ?? .tooShort(observations: 0, needed: 1)
    }
    return FittedCombination(name: name, members: fitted, failures: failures)
  }
}

/// The fitted members of a combination.
public struct FittedCombination: FittedForecaster {
  /// A member that could not be fitted.
  public struct Failure: Sendable {
    /// The member's name.
    public let member: String
    /// Why it failed.
    public let error: FitError
  }

  /// The rung of the ladder that carried the series, as printed in a `model` column.
  public let name: String
  /// The members that were fitted.
  public let members: [any FittedForecaster]
  /// The members that were not.
  public let failures: [Failure]

  /// The mixture of the members' distributions.
  public func forecast(_ future: FutureData) -> ForecastDistribution {
    let forecasts = members.map { $0.forecast(future) }
    let weight = 1 / Double(forecasts.count)
    let marginals = future.steps.indices.map { index in
      let parts = forecasts.map { $0.marginals[index] }
      return PredictiveDistribution(
        components: parts.flatMap { part in
          part.components.map { component in
            var share = component
            share.weight *= weight
            return share
          }
        }, range: parts[0].range, isWholeNumber: parts[0].isWholeNumber)
    }
    return ForecastDistribution(steps: future.steps, marginals: marginals)
  }

  /// Each member's block of paths.
  public func simulate(
    _ future: FutureData, shocks: Shocks, range: Range<Int>, into paths: inout SamplePaths
  ) {
    let count = members.count
    for (index, member) in members.enumerated() {
      let low = index * shocks.pathCount / count
      let high = (index + 1) * shocks.pathCount / count
      let block = range.clamped(to: low..<high)
      if !block.isEmpty { member.simulate(future, shocks: shocks, range: block, into: &paths) }
    }
  }
}

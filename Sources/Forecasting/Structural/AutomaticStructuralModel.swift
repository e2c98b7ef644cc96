import RealModule
import TimeSeries

/// A structural model whose components are chosen by AICc.
///
/// Trends are a random walk, one with drift, with a fading drift, a smooth trend and a local linear one; each with a trigonometric season and
/// without. The scale, values or logarithms, is chosen first, by the likelihood of one full model; then all forms are screened with few
/// steps and the best are estimated in full. Start states count as parameters ([DK12] §7.4).
public struct AutomaticStructuralModel: Forecaster {
  /// Periods in a season, 1 for none; `nil` for the periods of a year at the series' frequency; above 60 none is taken.
  public let season: Int?
  /// Whether logarithms may be tried where all values are positive.
  public let triesLogarithms: Bool
  /// A filter's step costs the square of a season's length; longer ones are left out.
  static let longestSeason = 60
  /// How many forms are estimated in full.
  static let finalists = 2

  /// Creates the model.
  public init(season: Int? = nil, triesLogarithms: Bool = true) {
    self.season = season
    self.triesLogarithms = triesLogarithms
  }

  /// `structural`; a fitted one has its components.
  public var name: String { "structural" }

  /// Chooses and estimates a form.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` below five observed values, ``FitError/constant(value:)`` where a form
  ///   leaves no errors, and what ``StructuralModel/fit(_:)`` throws.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedStructuralModel {
    var problem = try StructuralProblem(data, link: .identity)
    let length = max(1, season ?? data.series.frequency.periodsPerYear)
    let forms = forms(problem, seasonLength: length)
    guard let fullest = forms.first(where: { $0.hasSlope }) ?? forms.first else {
      throw .tooShort(observations: problem.observedCount, needed: 5)
    }
    let logarithm = Link.log(lower: 0, shift: 0)
    if triesLogarithms, data.isClearlyPositive {
      let other = try StructuralProblem(data, link: logarithm)
      // Gaps may hide a start state of the fullest form; the others are still tried.
      if let own = try? problem.search(fullest, startCount: 1, limit: 6, isRough: true),
        let logged = try? other.search(fullest, startCount: 1, limit: 6, isRough: true),
        other.deviance(logged) < problem.deviance(own)
      {
        problem = other
      }
    }
    var found: [(criterion: Double, search: StructuralSearch)] = []
    var fault = FitError.constant(value: data.series.lastObservedValue ?? 0)
    for form in forms {
      do throws(FitError) {
        let search = try problem.search(form, startCount: 1, limit: 8, isRough: true)
        found.append((problem.correctedCriterion(search), search))
      } catch {
        fault = error
      }
    }
    let order = found.indices.sorted {
      (found[$0].criterion, $0) < (found[$1].criterion, $1)
    }
    var best: FittedStructuralModel?
    for index in order.prefix(Self.finalists) {
      do throws(FitError) {
        var search = found[index].search
        search.refine(limit: 100)
        let fitted = try FittedStructuralModel(search, problem: problem, data: data)
        if best.map({ fitted.correctedCriterion < $0.correctedCriterion }) ?? true { best = fitted }
      } catch {
        fault = error
      }
    }
    guard let best else { throw fault }
    return best
  }

  /// The forms that the series can carry, seasonal ones first.
  private func forms(_ problem: StructuralProblem, seasonLength: Int) -> [StructuralForm] {
    let hasSeason =
      seasonLength > 1 && seasonLength <= Self.longestSeason
      && problem.values.count >= 2 * seasonLength
    var forms: [StructuralForm] = []
    for isSeasonal in hasSeason ? [true, false] : [false] {
      let season: StructuralModel.Season = isSeasonal ? .trigonometric(length: seasonLength) : .none
      for trend in [StructuralModel.Trend.damped, .localLinear, .smooth, .drift, .localLevel] {
        var form = StructuralModel(trend: trend, season: season).form
        form.regressorCount = problem.regressorSizes.count
        // One value is left for each parameter and start state, and AICc needs two more.
        if problem.observedCount >= form.parameterCount + form.diffuseCount + 2 {
          forms.append(form)
        }
      }
    }
    return forms
  }
}

extension TrainingData {
  /// Whether logarithms make sense: all values positive, none nearly zero beside the largest.
  var isClearlyPositive: Bool {
    var smallest = Double.infinity
    var largest = 0.0
    for value in series.values where !value.isNaN {
      smallest = min(smallest, value)
      largest = max(largest, value)
    }
    return smallest > 1e-3 * largest
  }
}

extension StructuralProblem {
  /// AIC corrected for few observations, start states counted as parameters.
  func correctedCriterion(_ search: StructuralSearch) -> Double {
    let n = Double(observedCount)
    let k = Double(search.form.parameterCount + search.form.diffuseCount)
    return n > k + 1 ? deviance(search) + 2 * k * n / (n - k - 1) : .infinity
  }
}

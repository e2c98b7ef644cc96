import Forecasting
import RealModule
import Statistics
import Testing
import TimeSeries

/// Series and shocks that several suites share.
enum Fixtures {
  /// Annual flow of the Nile at Aswan, 1871 to 1970, in 10⁸ m³ (R's `Nile`, statsmodels' `nile`).
  static let nile: [Double] = [
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180,
    799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833,
    701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845,
    864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649,
    846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975, 815,
    1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
  ]

  /// International airline passengers, January 1949 to December 1960, thousands (Box & Jenkins 1976, series G; R's
  /// `AirPassengers`).
  static let airPassengers: [Double] = [
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170,
    170, 158, 133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180,
    193, 181, 183, 218, 230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237,
    211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229, 242, 233, 267, 269,
    270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271,
    306, 315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, 340, 318, 362, 348, 363, 435,
    491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405, 417,
    391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
  ]

  /// A share in percent that climbs from 20 to 60 with some noise.
  static let share: [Double] = [
    20, 22.5, 23.1, 26, 27.2, 31, 30.4, 34.8, 36, 38.9, 41.5, 41.1, 45, 47.7, 50.2, 50.9, 54, 55.1,
    58.3, 60,
  ]

  static let percent = ValueRange(lower: 0, upper: 100)
  static let counts = ValueRange(lower: 0)

  /// Monthly values from January 2024.
  static func monthly(_ values: [Double]) -> Series {
    Series(start: Period(.month, ordinal: 12 * 2024), values: values)
  }

  static func yearly(_ values: [Double]) -> Series {
    Series(start: Period(year: 1990), values: values)
  }

  static func key(_ purpose: String, unit: String = "") -> StreamKey {
    StreamKey(seed: 20_260, purpose: purpose, indicator: "test", unit: unit)
  }

  /// Twelve units that climb at different paces, some with gaps.
  static func panel(_ range: ValueRange = percent) -> PanelPrior {
    var stream = RandomStream(key("panel"))
    let units = (0..<12).map { unit in
      let pace = 0.05 + 0.03 * stream.normal()
      var level = -1.5 + 0.3 * stream.normal()
      let values = (0..<20).map { month -> Double in
        level += pace + 0.08 * stream.normal()
        if month > 0, month < 19, (month + unit) % 7 == 0 { return .nan }
        return range.upper == nil ? 40 * Double.exp(level) : 100 / (1 + Double.exp(-level))
      }
      return monthly(values)
    }
    return PanelPrior(series: units, range: range, horizons: [1, 2, 3, 12, 24])
  }
}

/// A model to be tested, with a name for the report.
struct ModelCase: Sendable, CustomTestStringConvertible {
  var label: String
  var forecaster: any Forecaster
  var data: TrainingData
  var testDescription: String { label }

  init(_ label: String, _ forecaster: any Forecaster, _ data: TrainingData) {
    self.label = label
    self.forecaster = forecaster
    self.data = data
  }
}

extension ModelCase {
  /// Every model on series of several kinds: gappy, late, provisional, revised, counted, at the bound.
  static let all: [ModelCase] = linear + others

  private static let linear: [ModelCase] = {
    let panel = Fixtures.panel()
    var cases: [ModelCase] = []
    let variants: [(String, [Double], Int, Double)] = [
      ("complete", Fixtures.share, 0, 0),
      ("gappy", Fixtures.share.enumerated().map { $0 % 5 == 3 ? .nan : $1 }, 0, 0),
      ("late", Fixtures.share + [.nan, .nan, .nan], 0, 0.5),
      ("provisional", Fixtures.share, 2, 0.8),
      ("provisional gap", Array(Fixtures.share.dropLast(2)) + [.nan, 60], 2, 0.4),
    ]
    for (label, values, provisional, revision) in variants {
      for scale in [ModelScale.plain, .bounded] {
        for prior in [nil, panel] {
          let data = TrainingData(
            series: Fixtures.monthly(values), range: Fixtures.percent, prior: prior,
            revisionStandardDeviation: revision, provisionalPeriods: provisional)
          let name = "\(label), \(scale.rawValue)\(prior == nil ? "" : ", panel")"
          cases.append(ModelCase("drift, \(name)", RandomWalkWithDrift(scale: scale), data))
          cases.append(ModelCase("damped trend, \(name)", DampedLocalTrend(scale: scale), data))
          if prior == nil {
            let model = TrendRegression(scale: scale)
            cases.append(ModelCase("trend regression, \(name)", model, data))
          }
        }
      }
      let data = TrainingData(
        series: Fixtures.monthly(values), range: Fixtures.percent, prior: panel,
        revisionStandardDeviation: revision, provisionalPeriods: provisional)
      cases.append(ModelCase("panel changes, \(label)", PanelChanges(), data))
      cases.append(ModelCase("wide random walk, \(label)", WideRandomWalk(), data))
      cases.append(ModelCase("default, \(label)", DefaultForecaster(), data))
    }
    return cases
  }()

  private static let others: [ModelCase] = {
    let season = (0..<12).map { 1 + 0.4 * Double.sin(Double($0)) }
    let counts = (0..<30).map { month in (8 + 5 * Double.sin(1.7 * Double(month))).rounded() }
    let rare = (0..<14).map { $0 % 5 == 4 ? 1.0 : 0 }
    func data(
      _ values: [Double], late: Int = 0, whole: Bool = true, provisional: Int = 0,
      revision: Double = 0
    ) -> TrainingData {
      TrainingData(
        series: Fixtures.monthly(values + [Double](repeating: .nan, count: late)),
        range: Fixtures.counts, isWholeNumber: whole, revisionStandardDeviation: revision,
        provisionalPeriods: provisional)
    }
    var nile = TrainingData(series: Fixtures.yearly(Fixtures.nile))
    nile.revisionStandardDeviation = 20
    let air = TrainingData(series: Fixtures.monthly(Fixtures.airPassengers))
    let late = TrainingData(
      series: Fixtures.monthly(Fixtures.airPassengers + [.nan, .nan]),
      revisionStandardDeviation: 4)
    let nearly = Fixtures.share.map { $0 + 39.5 }
    return [
      ModelCase("count rate", CountRate(season: season), data(counts)),
      ModelCase("count rate, late", CountRate(season: season), data(counts, late: 2)),
      ModelCase("count rate, rare", CountRate(season: []), data(rare)),
      ModelCase("count rate, not whole", CountRate(season: []), data(counts, whole: false)),
      ModelCase(
        "count rate, provisional", CountRate(season: season),
        data(counts, provisional: 1, revision: 1.5)),
      ModelCase("default, counts", DefaultForecaster(), data(counts)),
      ModelCase("drift, Nile", RandomWalkWithDrift(scale: .plain), nile),
      ModelCase("damped trend, Nile", DampedLocalTrend(scale: .plain), nile),
      ModelCase("trend regression, Nile", TrendRegression(scale: .plain), nile),
      ModelCase("ETS, Nile", AutomaticExponentialSmoothing(), nile),
      ModelCase("ETS, airline", AutomaticExponentialSmoothing(), air),
      ModelCase("ETS, airline late", AutomaticExponentialSmoothing(), late),
      ModelCase(
        "ETS, share", AutomaticExponentialSmoothing(),
        TrainingData(series: Fixtures.monthly(Fixtures.share), range: Fixtures.percent)),
      ModelCase("default, Nile", DefaultForecaster(), nile),
      ModelCase(
        "default, near the upper end", DefaultForecaster(),
        TrainingData(series: Fixtures.monthly(nearly), range: Fixtures.percent)),
      ModelCase(
        "default, at the upper end", DefaultForecaster(),
        TrainingData(
          series: Fixtures.monthly([97, 99, 100, 100, 100, 100]), range: Fixtures.percent)),
      ModelCase(
        "default, one value", DefaultForecaster(),
        TrainingData(series: Fixtures.monthly([37]), range: Fixtures.percent)),
    ]
  }()
}

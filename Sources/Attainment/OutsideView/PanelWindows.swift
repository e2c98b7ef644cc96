import TimeSeries

/// The values of one unit, turned so that more is better.
struct OrientedHistory: Sendable {
  /// The last month of each observed period, ascending.
  let months: [Int]
  /// The observed values, times −1 where a target is met from above.
  let values: [Double]
  /// Months from a period to the next.
  let step: Int

  /// Takes the observed values of a series; a step without a calendar counts as a month.
  init(_ series: Series, isUpward: Bool) {
    step = series.frequency.months ?? 1
    let first = series.start.lastMonthOrdinal
    let indices = series.observedIndices
    months = indices.map { [step] in first + $0 * step }
    values = indices.map { isUpward ? series.values[$0] : -series.values[$0] }
  }

  init(months: [Int], values: [Double], step: Int) {
    self.months = months
    self.values = values
    self.step = step
  }

  /// What was known when this month ended.
  func through(_ month: Int) -> OrientedHistory {
    let count = OrientedHistory.firstIndex(months, notBelow: month + 1)
    return OrientedHistory(
      months: Array(months[..<count]), values: Array(values[..<count]), step: step)
  }

  /// Months over which a recent pace is measured: three years of yearly values, else one.
  var paceLength: Int { step >= 12 ? 36 : 12 }

  /// The pace a month into the value at `index` (not the first) over about so many months.
  func pace(at index: Int, over length: Int) -> Double {
    let wanted = OrientedHistory.firstIndex(months, notBelow: months[index] - length)
    let start = min(wanted, index - 1)
    return (values[index] - values[start]) / Double(months[index] - months[start])
  }

  /// The first place of an ascending list whose entry is not below a value.
  static func firstIndex(_ sorted: [Int], notBelow value: Int) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The changes that units of one indicator made over one horizon, in the order in which they ended.
struct PanelWindows: Sendable {
  var ends: [Int] = []
  var starts: [Double] = []
  var changes: [Double] = []
  var paces: [Double] = []

  /// Every window of this many months between two observed values, the first of which has a pace.
  init(_ units: [OrientedHistory], months: Int) {
    var found: [(end: Int, start: Double, change: Double, pace: Double)] = []
    for unit in units {
      for index in unit.months.indices.dropFirst() {
        let end = unit.months[index] + months
        let place = OrientedHistory.firstIndex(unit.months, notBelow: end)
        guard place < unit.months.count, unit.months[place] == end else { continue }
        found.append(
          (
            end, unit.values[index], unit.values[place] - unit.values[index],
            unit.pace(at: index, over: unit.paceLength)
          ))
      }
    }
    let order = found.indices.sorted { (found[$0].end, $0) < (found[$1].end, $1) }
    for index in order {
      ends.append(found[index].end)
      starts.append(found[index].start)
      changes.append(found[index].change)
      paces.append(found[index].pace)
    }
  }

  /// How many windows had ended by a month.
  func count(endedBy month: Int) -> Int { OrientedHistory.firstIndex(ends, notBelow: month + 1) }
}

/// The windows of a panel for each horizon and direction asked for so far.
///
/// A table holds windows of all times; who asks takes those that had ended by its cutoff.
struct PanelWindowTables {
  private let series: [Series]
  private var tables: [Key: PanelWindows] = [:]
  private var oriented: [Bool: [OrientedHistory]] = [:]
  /// What all units ask alike, of one cutoff at a time.
  private var compared: [ComparedKey: ComparedWindows] = [:]
  private var comparedCutoff = Int.min

  private struct ComparedKey: Hashable {
    let months: Int
    let length: Int
    let isUpward: Bool
  }

  private struct Key: Hashable {
    let months: Int
    let isUpward: Bool
  }

  init(series: [Series]) { self.series = series }

  mutating func units(isUpward: Bool) -> [OrientedHistory] {
    if let known = oriented[isUpward] { return known }
    let made = series.map { OrientedHistory($0, isUpward: isUpward) }
    oriented[isUpward] = made
    return made
  }

  /// How many units had two values or more by a month.
  mutating func units(isUpward: Bool, by month: Int) -> Int {
    units(isUpward: isUpward).count {
      OrientedHistory.firstIndex($0.months, notBelow: month + 1) > 1
    }
  }

  mutating func table(months: Int, isUpward: Bool) -> PanelWindows {
    let key = Key(months: months, isUpward: isUpward)
    if let known = tables[key] { return known }
    let made = PanelWindows(units(isUpward: isUpward), months: months)
    tables[key] = made
    return made
  }

  /// The windows that had ended by a cutoff, the latest ``PanelShares/mostWindows`` of them, made ready for comparing.
  mutating func compared(
    _ windows: PanelWindows, count: Int, scale: ComparisonScale, months: Int, length: Int,
    cutoff: Int, isUpward: Bool
  ) -> ComparedWindows {
    let range = max(0, count - PanelShares.mostWindows)..<count
    guard scale.isShared else {
      return ComparedWindows(
        windows, range: range, scale: scale, months: months, length: length, cutoff: cutoff)
    }
    if comparedCutoff != cutoff {
      compared = [:]
      comparedCutoff = cutoff
    }
    let key = ComparedKey(months: months, length: length, isUpward: isUpward)
    if let known = compared[key] { return known }
    let made = ComparedWindows(
      windows, range: range, scale: scale, months: months, length: length, cutoff: cutoff)
    compared[key] = made
    return made
  }
}

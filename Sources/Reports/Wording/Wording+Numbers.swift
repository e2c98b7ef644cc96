import Attainment
import Indicators
public import TimeSeries

extension Wording {
  /// A number with its thousands set apart: `1.234,5` in Vietnamese, `1,234.5` in English.
  ///
  /// - Parameters:
  ///   - number: The number; a dash stands for what is not finite.
  ///   - decimals: Decimals kept at most; trailing zeros are left out.
  /// - Returns: The text.
  public func number(_ number: Double, decimals: Int = 2) -> String {
    guard number.isFinite else { return "–" }
    let plain = NumberFormat(decimals: decimals).text(number.magnitude)
    let parts = plain.split(separator: ".")
    let whole = Array(String(parts.first ?? "0"))
    var text = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { text += pick(".", ",") }
      text.append(digit)
    }
    if parts.count > 1 { text += pick(",", ".") + parts[1] }
    return number < 0 && text != "0" ? "−" + text : text
  }

  /// A value with its unit where that is a percentage, with so many decimals that it does not look like a
  /// target which it has not reached: 99.996 is not shown as 100.
  func value(_ value: Double, beside target: Double? = nil, unitOfMeasure: String) -> String {
    var decimals = 2
    if let target, target != value {
      while decimals < 6, number(value, decimals: decimals) == number(target, decimals: decimals) {
        decimals += 1
      }
    }
    return number(value, decimals: decimals) + suffix(unitOfMeasure)
  }

  private func suffix(_ unitOfMeasure: String) -> String {
    unitOfMeasure == "percent" || unitOfMeasure == "%" ? " %" : ""
  }

  /// What is to be reached: `≥ 80 %`, `15–17 %`; a bare number as the plan prints it.
  func goal(_ row: TargetAttainment) -> String {
    goal(row.target, low: row.targetValue, high: row.targetHighValue)
  }

  /// What a plan asks for: `≥ 80 %`, `15–17 %`, or a word where it asks for no number.
  func goal(_ target: Target) -> String {
    switch target.comparator {
    case .qualitative: pick("định tính", "qualitative")
    case .heading: pick("đề mục", "heading")
    default: goal(target, low: target.value, high: target.highValue)
    }
  }

  private func goal(_ target: Target, low: Double?, high: Double?) -> String {
    guard let low else { return "–" }
    let unit = target.unitOfMeasure
    switch target.comparator {
    case .atLeast: return "≥ " + value(low, unitOfMeasure: unit)
    case .moreThan: return "> " + value(low, unitOfMeasure: unit)
    case .atMost: return "≤ " + value(low, unitOfMeasure: unit)
    case .lessThan: return "< " + value(low, unitOfMeasure: unit)
    case .range:
      guard let high else { return "≥ " + value(low, unitOfMeasure: unit) }
      return number(low) + "–" + value(high, unitOfMeasure: unit)
    case .equal, .qualitative, .heading: return value(low, unitOfMeasure: unit)
    }
  }

  /// A probability in whole percent, `< 1 %` and `> 99 %` at the ends; 0 % and 100 % only when decided.
  ///
  /// A percentage never crosses a limit of the status words (33, 66) or an even chance by being rounded.
  public func probability(_ probability: Double) -> String {
    if probability <= 0 { return "0 %" }
    if probability >= 1 { return "100 %" }
    if probability < 0.01 { return "< 1 %" }
    if probability > 0.99 { return "> 99 %" }
    var percent = Int((100 * probability).rounded())
    for limit in [0.33, 0.5, 0.66] {
      let limitPercent = Int((100 * limit).rounded())
      if probability < limit, percent >= limitPercent { percent = limitPercent - 1 }
    }
    return "\(percent) %"
  }

  /// The probability of a row in words or percent: grade D has no number unless data have decided.
  func probability(of row: TargetAttainment) -> String {
    guard let value = row.probability else { return "–" }
    let isDecided = value <= 0 || value >= 1
    return row.grade == .d && !isDecided ? notEnoughGrounds : probability(value)
  }

  /// A day as people write it: `12/2026` at the end of a month, else `15/03/2026`; English has ISO dates.
  func day(_ day: Day?) -> String {
    guard let day else { return "–" }
    let (year, month, dayOfMonth) = day.components
    let isMonthEnd = day.month.lastDay == day
    guard language == .vietnamese else {
      return isMonthEnd ? day.month.description : day.description
    }
    let monthText = (month < 10 ? "0" : "") + "\(month)/\(year)"
    return isMonthEnd ? monthText : (dayOfMonth < 10 ? "0" : "") + "\(dayOfMonth)/\(monthText)"
  }

  /// A period as people write it: `10/2026`, `Quý III/2026`, `2026`.
  public func period(_ period: Period) -> String {
    guard language == .vietnamese, let year = period.year else { return period.description }
    let position = period.positionInYear
    switch period.frequency {
    case .month: return (position < 10 ? "0" : "") + "\(position)/\(year)"
    case .quarter:
      let numerals = ["I", "II", "III", "IV"]
      return "Quý \(numerals[position - 1])/\(year)"
    case .year, .index: return period.description
    }
  }

  /// The title of a target in the language, or in the other one, or its indicator's code.
  func title(_ target: Target) -> String {
    let titles =
      language == .vietnamese
      ? [target.titleVietnamese, target.titleEnglish]
      : [target.titleEnglish, target.titleVietnamese]
    return titles.first { !$0.isEmpty } ?? target.indicator
  }

  /// The name of a unit in the language, or in the other one, or its code.
  func name(ofUnit code: String, in catalogue: Catalogue) -> String {
    guard let unit = catalogue.unit(code) else { return code }
    let names =
      language == .vietnamese
      ? [unit.nameVietnamese, unit.nameEnglish] : [unit.nameEnglish, unit.nameVietnamese]
    return names.first { !$0.isEmpty } ?? code
  }
}

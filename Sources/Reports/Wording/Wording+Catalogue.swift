import Indicators

extension Wording {
  /// The name of an indicator in the language, or in the other one, or its code.
  func name(_ indicator: Indicator) -> String { names(indicator).first ?? indicator.code }

  /// The names of an indicator, the one in the language first.
  func names(_ indicator: Indicator) -> [String] {
    let names =
      language == .vietnamese
      ? [indicator.nameVietnamese, indicator.nameEnglish]
      : [indicator.nameEnglish, indicator.nameVietnamese]
    return names.filter { !$0.isEmpty }
  }

  /// The code of a kind and what it means: `monthly_share` (a share that can move every month).
  func kind(_ kind: IndicatorKind) -> String {
    let meaning =
      switch kind {
      case .monthlyShare: pick("tỷ lệ theo tháng", "a share that can move every month")
      case .yearToDateCount:
        pick("lũy kế từ đầu năm, về 0 vào tháng 1", "a count that starts again in January")
      case .stock: pick("số có đến cuối kỳ", "a level that carries over")
      case .annual: pick("mỗi năm một số", "one figure a year")
      case .milestone: pick("mốc có hay chưa", "a small count with a threshold")
      case .rank: pick("thứ hạng, 1 là tốt nhất", "a place, 1 being the best")
      case .growth: pick("tốc độ tăng mỗi năm", "a growth rate per year")
      case .qualitative: pick("định tính, không dự báo", "in words, never forecast")
      case .heading: pick("đề mục, không tính", "a heading, never counted")
      }
    return "\(kind.rawValue) (\(meaning))"
  }

  /// The name of a level of units.
  func level(_ level: UnitLevel) -> String {
    switch level {
    case .country: pick("cả nước", "country")
    case .province: pick("tỉnh", "province")
    case .formerProvince: pick("tỉnh trước khi sáp nhập", "former province")
    case .department: pick("sở, ngành", "department")
    case .commune: pick("xã, phường", "commune")
    }
  }

  /// How often a value can move.
  func frequency(_ frequency: IndicatorFrequency) -> String {
    switch frequency {
    case .month: pick("tháng", "month")
    case .quarter: pick("quý", "quarter")
    case .year: pick("năm", "year")
    }
  }

  /// `0 … 100`, `from 0`, `up to 34`; empty without bounds.
  func bounds(_ bounds: Bounds) -> String {
    switch (bounds.lower, bounds.upper) {
    case (let lower?, let upper?): "\(number(lower)) … \(number(upper))"
    case (let lower?, nil): pick("từ ", "from ") + number(lower)
    case (nil, let upper?): pick("đến ", "up to ") + number(upper)
    case (nil, nil): ""
    }
  }

  /// When the settling figure comes out: `, 3 months later`.
  func lag(months: Int) -> String {
    months == 0
      ? "" : ", " + count(months, "tháng sau", "month later", "months later")
  }
}

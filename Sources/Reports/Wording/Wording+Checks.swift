extension Wording {
  /// The public questions with known outcome on which the methods were checked: `vedich replay`'s development set.
  public static let publicQuestions = 1_606

  /// On how much the probabilities were checked, abroad and at home.
  ///
  /// - Parameter settledHere: Forecasts made from this province's past whose outcome is known.
  /// - Returns: One sentence.
  public func checkedOn(settledHere: Int) -> String {
    let abroad = number(Double(Self.publicQuestions))
    let here = number(Double(settledHere))
    return pick(
      "Phương pháp đã được kiểm trên \(abroad) câu hỏi của Pháp, Ấn Độ, Malaysia và các nước thuộc ITU; "
        + "trên tỉnh này: \(here) dự báo đã có kết quả.",
      "The method was checked on \(abroad) questions from France, India, Malaysia and ITU countries; "
        + "on this province: \(here) settled \(settledHere == 1 ? "forecast" : "forecasts").")
  }
}

/// How well grounded a forecast is, by stated cut-offs; the first row of which every cell holds.
///
/// | grade | observations | horizon ÷ history | checked questions | Brier skill there |
/// | --- | --- | --- | --- | --- |
/// | A | ≥ 24 | ≤ ¼ | ≥ 100 | ≥ 0.10 |
/// | B | ≥ 12 | ≤ ½ | ≥ 50 | > 0 |
/// | C | ≥ 6 | ≤ 1 | any | unknown, or > 0, or ≤ 0 on fewer than 50 questions |
/// | D | else | | | |
///
/// Why these:
/// - Observations: a trend, its noise and a level cost three numbers, so six leave as much again to
///   judge them by; twelve months hold every month of a year once, twenty-four twice, so that a
///   December rush can be told from a trend.
/// - Horizon ÷ history: within a quarter of what was seen the past holds four such stretches to
///   learn from; further ahead than the past is long it holds none, and only the model's form
///   speaks.
/// - Checked questions: the standard error of a frequency near one half is 7 points at 50 questions
///   and 5 at 100; a reader cannot tell 60 % from 50 % on fewer.
/// - Skill: 1 − Brier score ÷ that of always saying the base rate. A forecast that was checked on
///   fifty questions or more and did no better than the base rate is D: its number would add
///   nothing.
///
/// So with 16 months of history two months ahead (⅛) can be B, 14 months ahead C, four years ahead
/// D.
///
/// - Parameters:
///   - observations: Values that are not missing.
///   - horizonSteps: Steps from the last observed period to the deadline.
///   - historySteps: Steps from the first to the last observed period, both included.
///   - checkedQuestions: Settled pseudo-questions at about this horizon.
///   - skill: Brier skill on them; `nil` when it is not known, which allows C at best.
///   - isWeaklyDefined: Whether the indicator lacks a written definition (readings A23): C at best.
/// - Returns: The grade of the first row of the table that holds.
public func gradeForecast(
  observations: Int, horizonSteps: Int, historySteps: Int, checkedQuestions: Int, skill: Double?,
  isWeaklyDefined: Bool = false
) -> ForecastGrade {
  guard observations >= 6, historySteps > 0, horizonSteps <= historySteps else { return .d }
  guard let skill, !skill.isNaN else { return .c }
  if skill <= 0 { return checkedQuestions >= 50 ? .d : .c }
  if isWeaklyDefined { return .c }
  if observations >= 24, 4 * horizonSteps <= historySteps, checkedQuestions >= 100, skill >= 0.1 {
    return .a
  }
  if observations >= 12, 2 * horizonSteps <= historySteps, checkedQuestions >= 50 { return .b }
  return .c
}

/// The status that a probability has in all outputs (design §6, after the scale of the IPCC).
///
/// - Parameters:
///   - probability: P(attain); `nil` when nothing could be forecast.
///   - isDecided: Whether the data have decided the question: the settling figure is known, or the
///     target cannot be lost any more.
///   - isMet: Whether the target is met; matters only when it is decided.
/// - Returns: Decided targets are `attained` or `off_track`; else at least 66 % is `on_track`, at
///   least 33 % `at_risk`, less `off_track`, and no probability `insufficient_data`.
public func attainmentStatus(
  probability: Double?, isDecided: Bool, isMet: Bool
) -> AttainmentStatus {
  if isDecided { return isMet ? .attained : .offTrack }
  guard let probability, !probability.isNaN else { return .insufficientData }
  if probability >= 0.66 { return .onTrack }
  return probability >= 0.33 ? .atRisk : .offTrack
}

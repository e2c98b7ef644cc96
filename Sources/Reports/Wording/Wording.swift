public import Attainment

/// A language in which reports are written.
public enum Language: String, Hashable, Sendable, CaseIterable {
  /// Tiếng Việt.
  case vietnamese = "vi"
  /// English.
  case english = "en"
}

/// The words of all outputs that people read, in one language.
public struct Wording: Sendable {
  /// The language.
  public let language: Language

  /// The words of a language; Vietnamese unless asked otherwise.
  public init(_ language: Language = .vietnamese) { self.language = language }

  /// Vietnamese, or English where that is asked for.
  func pick(_ vietnamese: String, _ english: String) -> String {
    language == .vietnamese ? vietnamese : english
  }

  /// The word for where a target stands (design §6's one table).
  public func status(_ status: AttainmentStatus) -> String {
    switch status {
    case .attained: pick("đã đạt", "attained")
    case .onTrack: pick("nhiều khả năng đạt", "likely")
    case .atRisk: pick("có khả năng", "possible")
    case .offTrack: pick("khó đạt", "unlikely")
    case .insufficientData: pick("chưa đủ dữ liệu", "not enough data")
    case .qualitative: pick("định tính", "qualitative")
    }
  }

  /// The word for what the monitoring rules say of a task.
  public func state(_ state: TaskAlert.State) -> String {
    switch state {
    case .overdue: pick("quá hạn", "overdue")
    case .behindRoadmap: pick("chậm so với lộ trình", "behind the roadmap")
    case .evidenceInsufficient: pick("minh chứng chưa đạt", "evidence insufficient")
    case .notReported: pick("chưa báo cáo", "not reported")
    }
  }

  /// What stands in the place of a probability that has not enough grounds (grade D).
  public var notEnoughGrounds: String { pick("chưa đủ cơ sở", "not enough grounds") }

  /// What every output made from synthetic data says.
  public var syntheticNotice: String {
    pick(
      "Dữ liệu tổng hợp (synthetic): số liệu được tạo ra để minh họa, không phải số liệu thật.",
      "Synthetic data: the numbers were made up to show the program, they are not real.")
  }

  /// The word for a number of things in English: `1 unit`, `2 units`; Vietnamese has one form.
  func count(_ number: Int, _ vietnamese: String, _ singular: String, _ plural: String) -> String {
    "\(self.number(Double(number))) " + pick(vietnamese, number == 1 ? singular : plural)
  }
}

import TimeSeries

extension CatalogueCheck {
  func indicators() -> [CatalogueIssue] {
    let rows = catalogue.indicators
    var issues = repeated(
      rows.map(\.code), at: .indicators, column: "indicator", name: { "\"\($0)\"" })
    for (row, indicator) in rows.enumerated() {
      if let lower = indicator.bounds.lower, let upper = indicator.bounds.upper, upper <= lower {
        issues.append(
          CatalogueIssue(
            .error, .indicators, row: row, column: "upper",
            found: "\(plain(upper)), not above \(plain(lower))",
            expected: "an upper bound above the lower one", fix: "correct one of the two bounds"))
      }
      issues += [
        unknownOrganisation(indicator.lead, at: .indicators, row: row, column: "lead")
      ].compactMap(\.self)
      // A settling source outside the province is named in words; only a code is looked up.
      let source = indicator.settlingSource
      if source.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }) {
        issues += [
          unknownOrganisation(source, at: .indicators, row: row, column: "settling_source")
        ].compactMap(\.self)
      }
    }
    return issues
  }

  func targets() -> [CatalogueIssue] {
    var issues = overlaps(
      catalogue.targets.map { ($0.id, $0.validFrom, $0.validTo) }, at: .targets,
      column: "target_id")
    for (row, target) in catalogue.targets.enumerated() {
      func issue(
        _ severity: Severity, _ column: String, _ found: String, _ expected: String, _ fix: String
      ) {
        issues.append(
          CatalogueIssue(
            severity, .targets, row: row, column: column, found: found, expected: expected, fix: fix
          ))
      }
      if target.indicator.isEmpty, target.comparator != .heading {
        issue(
          .error, "indicator", "an empty cell in column \"indicator\"",
          "the code of an indicator", "say which indicator the target is about")
      }
      let values = [("value_low", target.value), ("value_high", target.highValue)]
      let codes = [("lead", target.lead)] + target.coLeads.map { ("co_leads", $0) }
      issues += [unknownIndicator(target.indicator, at: .targets, row: row)].compactMap(\.self)
      issues += codes.compactMap { column, code in
        unknownOrganisation(code, at: .targets, row: row, column: column)
      }
      issues += values.compactMap { column, value in
        value.flatMap { outside($0, of: target.indicator, at: .targets, row: row, column: column) }
      }
      guard target.comparator.isQuantitative else {
        if target.value != nil {
          issue(
            .warning, "value_low",
            "a value beside the comparator \"\(target.comparator.rawValue)\"",
            "no value", "remove the value, or choose a comparator that uses it")
        }
        continue
      }
      if target.value == nil {
        issue(
          .error, "value_low", "no value beside the comparator \"\(target.comparator.rawValue)\"",
          "a value", "fill in the value, or write qualitative as the comparator")
      }
      if target.deadline == nil {
        issue(
          .error, "deadline", "an empty cell in column \"deadline\"", "a day such as 2026-12-31",
          "fill in the day at whose end the target is judged")
      }
      if target.comparator == .range, (target.highValue ?? -.infinity) <= (target.value ?? 0) {
        issue(
          .error, "value_high", target.highValue.map(plain) ?? "an empty cell",
          "the high end of the range, above value_low", "fill in or correct the high end")
      }
      if let unit = indicatorByCode[target.indicator]?.unitOfMeasure, unit != target.unitOfMeasure,
        !unit.isEmpty, !target.unitOfMeasure.isEmpty
      {
        issue(
          .warning, "unit_of_measure", "\"\(target.unitOfMeasure)\"",
          "\"\(unit)\", the unit of \(target.indicator)", "make the two agree")
      }
    }
    return issues
  }

  /// Targets that ask less than an earlier one of the same indicator and denominator.
  func chains() -> [CatalogueIssue] {
    var byIndicator: [String: [Int]] = [:]
    for (row, target) in catalogue.targets.enumerated()
    where !target.indicator.isEmpty && target.comparator.isQuantitative {
      byIndicator[target.indicator, default: []].append(row)
    }
    var issues: [CatalogueIssue] = []
    for (row, later) in catalogue.targets.enumerated() {
      guard let value = later.value, let deadline = later.deadline, later.comparator.isQuantitative
      else { continue }
      let isCeiling = isCeiling(later)
      let earlier = byIndicator[later.indicator, default: []].map { catalogue.targets[$0] }.filter {
        ($0.deadline ?? deadline) < deadline && $0.denominator == later.denominator
          && self.isCeiling($0) == isCeiling
      }
      let harder = earlier.first { other in
        guard let before = other.value else { return false }
        return isCeiling ? before < value : before > value
      }
      if let harder, let before = harder.value {
        issues.append(
          CatalogueIssue(
            .warning, .targets, row: row, column: "value_low",
            found: "\(plain(value)), easier than the \(plain(before)) of \(harder.id)",
            expected: "a target at least as hard as the earlier one",
            fix: "check both values; the two may measure different things"))
      }
    }
    return issues
  }

  private func isCeiling(_ target: Target) -> Bool {
    switch target.comparator {
    case .atMost, .lessThan: true
    case .equal, .range: indicatorByCode[target.indicator]?.direction == .down
    default: false
    }
  }

  func baselines() -> [CatalogueIssue] {
    let rows = catalogue.baselines
    return repeated(
      rows.map { "\($0.indicator), \($0.unit), \($0.period)" }, at: .baselines,
      column: "indicator, unit and period", name: { $0 })
      + rows.enumerated().flatMap { row, baseline in
        [
          unknownIndicator(baseline.indicator, at: .baselines, row: row),
          unknownUnit(baseline.unit, at: .baselines, row: row),
          outside(
            baseline.value, of: baseline.indicator, at: .baselines, row: row, column: "value"),
        ].compactMap(\.self)
      }
  }

  func assignments() -> [CatalogueIssue] {
    let rows = catalogue.assignments
    return repeated(
      rows.map { "\($0.target), \($0.unit), \($0.year)" }, at: .assignments,
      column: "target, unit and year", name: { $0 })
      + rows.enumerated().flatMap { row, assignment in
        let target = targetByID[assignment.target]
        let unknownTarget =
          targetByID.isEmpty
          ? nil
          : unknown(
            assignment.target, isKnown: target != nil, in: .targets, at: .assignments, row: row,
            column: "target_id")
        return [
          unknownTarget, unknownUnit(assignment.unit, at: .assignments, row: row),
          target.flatMap {
            outside(
              assignment.value, of: $0.indicator, at: .assignments, row: row, column: "value")
          },
        ].compactMap(\.self)
      }
  }
}

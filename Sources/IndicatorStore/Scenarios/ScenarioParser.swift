import Indicators
import TimeSeries
import Yams

/// One reading of one file of scenarios.
struct ScenarioParser {
  let file: String
  let catalogue: Catalogue?
  let drivers: [String]?
  var diagnostics: [Diagnostic] = []

  init(file: String, catalogue: Catalogue?, drivers: [String]?) {
    self.file = file
    self.catalogue = catalogue
    self.drivers = drivers
  }

  mutating func scenarios(_ root: Node?) -> [Scenario] {
    guard let root, let top = mapping(root, keys: ["scenarios"], what: "the file") else {
      if root == nil {
        diagnostics.append(
          Diagnostic(
            file: file, line: 0, found: "an empty file", expected: "a list of scenarios",
            fix: "compare with the sample in datasets/demo/scenarios.yaml"))
      }
      return []
    }
    guard let list = top["scenarios"] else {
      fault(root, "no key \"scenarios\"", "a list of scenarios under it", "add the key")
      return []
    }
    var names: Set<String> = []
    return items(list).compactMap { node in
      guard let scenario = scenario(node) else { return nil }
      if !names.insert(scenario.name).inserted {
        fault(
          node, "the name \(quoted(scenario.name)) a second time", "each name once",
          "rename one of them")
      }
      return scenario
    }
  }

  private mutating func scenario(_ node: Node) -> Scenario? {
    let keys = [
      "name", "title", "drivers", "pace", "ceilings", "units", "sets_targets",
    ]
    guard let fields = mapping(node, keys: keys, what: "a scenario"),
      let name = text(node, fields, "name", isNeeded: true)
    else { return nil }
    var scenario = Scenario(name: name, title: text(node, fields, "title") ?? name)
    scenario.drivers = list(fields, "drivers").compactMap { decision($0) }
    scenario.pace = fields["pace"].flatMap { pace($0) }
    scenario.ceilings = list(fields, "ceilings").compactMap { ceiling($0) }
    scenario.interventions = list(fields, "units").compactMap { intervention($0) }
    scenario.setsTargets = codes(fields, "sets_targets", among: catalogue?.targets.map(\.id))
    return scenario
  }

  private mutating func decision(_ node: Node) -> DriverDecision? {
    let keys = ["driver", "denominator", "stage", "path", "elasticity", "assumed_by"]
    guard let fields = mapping(node, keys: keys, what: "a driver"),
      let driver = text(node, fields, "driver", isNeeded: true)
    else { return nil }
    let known = drivers.map { $0 + (catalogue?.indicators.map(\.code) ?? []) }
    check(fields["driver"] ?? node, driver, among: known, what: "driver")
    var stage: DriverStage?
    if let word = text(node, fields, "stage") {
      stage = DriverStage(rawValue: word)
      if stage == nil {
        fault(
          fields["stage"] ?? node, quoted(word), "planned, disbursed or settled",
          "write one of the three")
      }
    }
    let steps = list(fields, "path").compactMap { step($0) }
    if steps.isEmpty, list(fields, "path").isEmpty {
      fault(node, "a driver without a path", "at least one step under \"path\"", "add a step")
    }
    return DriverDecision(
      driver: driver, denominator: text(node, fields, "denominator").map { DriverDenominator($0) },
      stage: stage, steps: steps, elasticity: text(node, fields, "elasticity") ?? "",
      assumedBy: text(node, fields, "assumed_by") ?? "")
  }

  private mutating func step(_ node: Node) -> DriverDecision.Step? {
    let kinds = ["level", "ramp_to", "add"]
    guard let fields = mapping(node, keys: ["from", "to"] + kinds, what: "a step"),
      let from = month(node, fields, "from", isNeeded: true)
    else { return nil }
    let through = month(node, fields, "to")
    let given = kinds.filter { fields[$0] != nil }
    guard given.count == 1, let value = number(node, fields, given[0]) else {
      if given.count != 1 {
        fault(
          node, "\(given.count) of level, ramp_to and add", "exactly one of them in a step",
          "keep one, and put others in steps of their own")
      }
      return nil
    }
    if let through, through < from {
      fault(
        fields["to"] ?? node, "\(through) before \(from)", "an end after the start", "exchange them"
      )
      return nil
    }
    switch given[0] {
    case "level": return .init(from: from, through: through, change: .level(value))
    case "add": return .init(from: from, through: through, change: .add(value))
    default:
      guard through != nil else {
        fault(node, "a ramp without an end", "the month \"to\" in which it arrives", "add \"to\"")
        return nil
      }
      return .init(from: from, through: through, change: .ramp(to: value))
    }
  }

  private mutating func pace(_ node: Node) -> PaceChange? {
    let keys = ["factor", "catch_up_by", "freeze_from", "indicators"]
    guard let fields = mapping(node, keys: keys, what: "pace") else { return nil }
    var change = PaceChange()
    if fields["factor"] != nil, let factor = number(node, fields, "factor") {
      if factor < 0 || factor > 10 {
        fault(
          fields["factor"] ?? node, "the factor \(factor)", "a factor from 0 to 10",
          "1 leaves the pace as it is")
      }
      change.factor = factor
    }
    change.catchUpBy = month(node, fields, "catch_up_by")
    change.freezeFrom = month(node, fields, "freeze_from")
    change.indicators = codes(fields, "indicators", among: catalogue?.indicators.map(\.code))
    return change
  }

  private mutating func ceiling(_ node: Node) -> CeilingChange? {
    guard let fields = mapping(node, keys: ["indicator", "ceiling"], what: "a ceiling"),
      let indicator = text(node, fields, "indicator", isNeeded: true),
      let ceiling = number(node, fields, "ceiling")
    else { return nil }
    check(
      fields["indicator"] ?? node, indicator, among: catalogue?.indicators.map(\.code),
      what: "indicator")
    return CeilingChange(indicator: indicator, ceiling: ceiling)
  }

  private mutating func intervention(_ node: Node) -> UnitIntervention? {
    let keys = ["unit", "indicator", "from", "to", "add"]
    guard let fields = mapping(node, keys: keys, what: "an intervention"),
      let unit = text(node, fields, "unit", isNeeded: true),
      let indicator = text(node, fields, "indicator", isNeeded: true),
      let from = month(node, fields, "from", isNeeded: true),
      let add = number(node, fields, "add")
    else { return nil }
    check(fields["unit"] ?? node, unit, among: catalogue?.units.map(\.code), what: "unit")
    check(
      fields["indicator"] ?? node, indicator, among: catalogue?.indicators.map(\.code),
      what: "indicator")
    return UnitIntervention(
      unit: unit, indicator: indicator, from: from, through: month(node, fields, "to"), add: add)
  }
}

// MARK: - Nodes

extension ScenarioParser {
  mutating func fault(_ node: Node, _ found: String, _ expected: String, _ fix: String) {
    diagnostics.append(
      Diagnostic(
        file: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0, found: found,
        expected: expected, fix: fix))
  }

  /// The fields of a mapping; keys that are not known are faults.
  mutating func mapping(_ node: Node, keys: [String], what: String) -> [String: Node]? {
    guard case .mapping(let pairs) = node else {
      fault(
        node, "something else for \(what)", "a mapping with \(keys.joined(separator: ", "))",
        "write \"key: value\" lines")
      return nil
    }
    var fields: [String: Node] = [:]
    for (key, value) in pairs {
      let name = key.string ?? ""
      guard keys.contains(name) else {
        let nearest = nearestName(to: name, among: keys)
        fault(
          key, "the key \(quoted(name)) in \(what)", "one of \(keys.joined(separator: ", "))",
          nearest.map { "write \(quoted($0)) if that is meant" } ?? "remove it")
        continue
      }
      fields[name] = value
    }
    return fields
  }

  mutating func items(_ node: Node) -> [Node] {
    guard case .sequence(let sequence) = node else {
      fault(node, "something else than a list", "a list", "begin each entry with \"- \"")
      return []
    }
    return Array(sequence)
  }

  mutating func list(_ fields: [String: Node], _ key: String) -> [Node] {
    fields[key].map { items($0) } ?? []
  }

  mutating func text(
    _ node: Node, _ fields: [String: Node], _ key: String, isNeeded: Bool = false
  ) -> String? {
    guard let value = fields[key] else {
      if isNeeded { fault(node, "no key \(quoted(key))", "the key \(quoted(key))", "add it") }
      return nil
    }
    guard case .scalar(let scalar) = value, !scalar.string.isEmpty else {
      fault(value, "no text for \(quoted(key))", "one word or text", "fill it in")
      return nil
    }
    return composed(scalar.string)
  }

  mutating func number(_ node: Node, _ fields: [String: Node], _ key: String) -> Double? {
    guard let text = text(node, fields, key, isNeeded: true) else { return nil }
    guard let value = Double(text), value.isFinite else {
      fault(
        fields[key] ?? node, "\(quoted(text)) for \(quoted(key))",
        "a number with a point before the decimals", "write it as 2.5")
      return nil
    }
    return value
  }

  mutating func month(
    _ node: Node, _ fields: [String: Node], _ key: String, isNeeded: Bool = false
  ) -> Period? {
    guard let text = text(node, fields, key, isNeeded: isNeeded) else { return nil }
    guard case .period(let period) = PeriodSpelling(text), period.frequency == .month else {
      fault(
        fields[key] ?? node, "\(quoted(text)) for \(quoted(key))", "a month such as 2027-01",
        "write year and month")
      return nil
    }
    return period
  }

  mutating func codes(
    _ fields: [String: Node], _ key: String, among known: [String]?
  ) -> [String] {
    list(fields, key).compactMap { node in
      guard case .scalar(let scalar) = node else {
        fault(node, "something else than a code", "a code", "write one code an entry")
        return nil
      }
      let what = key == "sets_targets" ? "target" : "indicator"
      check(node, scalar.string, among: known, what: what)
      return scalar.string
    }
  }

  mutating func check(_ node: Node, _ code: String, among known: [String]?, what: String) {
    guard let known, !known.isEmpty, !known.contains(code) else { return }
    let nearest = nearestName(to: code, among: known)
    fault(
      node, "the \(what) \(quoted(code))", "the code of a known \(what)",
      nearest.map { "write \(quoted($0)) if that is meant" } ?? "use a code of the catalogue")
  }
}

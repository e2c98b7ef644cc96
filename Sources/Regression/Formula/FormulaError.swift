/// What is wrong with a formula, and where.
public struct FormulaError: Error, Hashable, Sendable {
  /// The place in the formula, in characters from 1.
  public let position: Int
  /// What is wrong, with the nearest right name where there is one.
  public let message: String

  init(_ position: Int, _ message: String) {
    self.position = position
    self.message = message
  }
}

extension FormulaError: CustomStringConvertible {
  /// `formula:1:7: unknown column "prise"; nearest "price"`.
  public var description: String { "formula:1:\(position): \(message)" }
}

/// The names that a mistyped one may have meant.
enum Spelling {
  /// The nearest of some names, if it is near enough to be what was meant.
  static func nearest(to name: String, among names: [String]) -> String? {
    let wanted = Array(name.lowercased())
    var best: (name: String, distance: Int)?
    for candidate in names {
      let distance = editDistance(wanted, Array(candidate.lowercased()))
      if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    guard let best, best.distance <= max(2, (wanted.count + 1) / 2) else { return nil }
    return best.name
  }

  /// The message for a name that is not known.
  static func unknown(_ kind: String, _ name: String, among names: [String]) -> String {
    let start = "unknown \(kind) \"\(name)\""
    if let near = nearest(to: name, among: names) { return "\(start); nearest \"\(near)\"" }
    let shown = names.prefix(8).map { "\"\($0)\"" }.joined(separator: ", ")
    return names.isEmpty ? start : "\(start); there are \(shown)" + (names.count > 8 ? ", …" : "")
  }

  /// Insertions, deletions, replacements and exchanges of neighbours that turn one into the other.
  private static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var current = [i + 1]
      for j in 0..<b.count {
        var cost = min(previous[j + 1], current[j]) + 1
        cost = min(cost, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforePrevious[j - 1] + 1)
        }
        current.append(cost)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[b.count]
  }
}

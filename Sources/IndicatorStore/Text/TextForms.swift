import Foundation

/// The text in normalization form C: one form for equal text, as everything here is written.
func composed(_ text: String) -> String {
  text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
}

/// The text in quotes for a message: at most 40 characters of it, line breaks and controls as spaces.
public func quoted(_ text: String) -> String {
  let cleaned = String(
    text.map { character in
      character.unicodeScalars.contains { $0.properties.generalCategory == .control }
        ? " " : character
    })
  guard cleaned.count > 40 else { return "\"\(cleaned)\"" }
  var start = cleaned.prefix(39)
  while start.last == " " { start.removeLast() }
  return "\"\(start)…\""
}

/// Lowercase, without tone marks and other diacritics, đ as d: for comparing names, never for keys.
public func folded(_ text: String) -> String {
  text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
    .replacingOccurrences(of: "đ", with: "d").replacingOccurrences(of: "Đ", with: "d")
}

/// The candidate nearest to what was written, if it is near enough to be meant.
///
/// The distance counts insertions, deletions, replacements and swaps of neighbours; at most a third of the
/// length may differ. The first of equally near candidates in the given order wins.
public func nearestName(to text: String, among candidates: [String]) -> String? {
  let wanted = Array(folded(text).unicodeScalars.prefix(64))
  var best: (distance: Int, name: String)?
  for candidate in candidates {
    let name = Array(folded(candidate).unicodeScalars.prefix(64))
    let allowed = max(1, max(wanted.count, name.count) / 3)
    guard abs(wanted.count - name.count) <= allowed else { continue }
    let distance = editDistance(wanted, name)
    // A name of which every character would have to change is not what was meant.
    guard distance < min(wanted.count, name.count) else { continue }
    if distance <= allowed, distance < best?.distance ?? .max { best = (distance, candidate) }
  }
  return best?.name
}

private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for i in 0..<left.count {
    var row = [i + 1] + [Int](repeating: 0, count: right.count)
    for j in 0..<right.count {
      let cost = left[i] == right[j] ? 0 : 1
      row[j + 1] = min(last[j + 1] + 1, row[j] + 1, last[j] + cost)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
      }
    }
    (beforeLast, last) = (last, row)
  }
  return last[right.count]
}

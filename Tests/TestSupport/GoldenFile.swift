import Foundation
public import Testing

/// Expects bytes to agree with a golden file: text exactly, decimal numbers by tolerance.
///
/// A mismatch leaves `NAME-changed` beside the golden file. With `VEDICH_ACCEPT_GOLDEN=1` in the environment
/// (`make golden`) the golden file is written instead; the diff is to be read.
///
/// - Parameters:
///   - bytes: The output under test, UTF-8.
///   - name: The file's name in the folder `Golden` beside the test.
///   - tolerance: The allowed difference of two numbers, relative to the larger of 1 and the number.
///   - testFile: The test's own file.
///   - isAccepting: Whether the golden file is written instead; `nil` asks the environment.
///   - sourceLocation: Where a mismatch is reported.
/// - Throws: What the file system says when a file cannot be written.
public func expectGolden(
  _ bytes: [UInt8], _ name: String, tolerance: Double = 1.5e-6, testFile: String = #filePath,
  isAccepting: Bool? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(filePath: testFile).deletingLastPathComponent().appending(path: "Golden")
  let golden = folder.appending(path: name)
  let changed = folder.appending(path: name + "-changed")
  let isWanted = ProcessInfo.processInfo.environment["VEDICH_ACCEPT_GOLDEN"] == "1"
  if isAccepting ?? isWanted {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: golden)
    try? FileManager.default.removeItem(at: changed)
    return
  }
  let expected = (try? Data(contentsOf: golden)).map { String(decoding: $0, as: UTF8.self) }
  let found = String(decoding: bytes, as: UTF8.self)
  let difference =
    expected.map { GoldenFile.difference(found: found, expected: $0, tolerance: tolerance) }
    ?? "there is no such file yet"
  guard let difference else {
    try? FileManager.default.removeItem(at: changed)
    return
  }
  try Data(bytes).write(to: changed)
  Issue.record(
    "Golden/\(name): \(difference); compare it with \(name)-changed, accept with make golden",
    sourceLocation: sourceLocation)
}

/// How the text of an output is compared with what it was.
public enum GoldenFile {
  /// The first difference, or `nil` when the text is the same but for decimals within the tolerance.
  ///
  /// Whole numbers are text: a date, a count or a digest is the same or it is not.
  public static func difference(
    found: String, expected: String, tolerance: Double
  ) -> String? {
    let foundLines = found.split(separator: "\n", omittingEmptySubsequences: false)
    let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, pair) in zip(foundLines, expectedLines).enumerated() {
      let left = tokens(pair.0)
      let right = tokens(pair.1)
      let isSame =
        left.count == right.count
        && zip(left, right).allSatisfy { agree($0, $1, tolerance: tolerance) }
      if !isSame { return "line \(index + 1) is \"\(pair.0)\", was \"\(pair.1)\"" }
    }
    guard foundLines.count == expectedLines.count else {
      return "\(foundLines.count) lines, were \(expectedLines.count)"
    }
    return nil
  }

  private static func agree(_ left: String, _ right: String, tolerance: Double) -> Bool {
    // String's == takes NFC and NFD for the same; their bytes are not.
    if Array(left.utf8) == Array(right.utf8) { return true }
    guard left.contains(".") || right.contains("."), let a = Double(left), let b = Double(right)
    else { return false }
    return abs(a - b) <= tolerance * max(1, abs(b))
  }

  /// Cuts a line into numbers and what stands between them; a number touches no letter or digit.
  private static func tokens(_ line: Substring) -> [String] {
    let bytes = Array(line.utf8)
    var tokens: [String] = []
    var text: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let end = numberEnd(bytes, from: index)
      let touchesBefore = index > 0 && isWord(bytes[index - 1])
      let touchesAfter = end < bytes.count && isWord(bytes[end])
      if end > index, !touchesBefore, !touchesAfter {
        tokens.append(String(decoding: text, as: UTF8.self))
        tokens.append(String(decoding: bytes[index..<end], as: UTF8.self))
        text = []
        index = end
      } else {
        // A word with digits in it is taken whole, so that its tail is no number.
        let stop = max(end, index + 1)
        text += bytes[index..<stop]
        index = stop
      }
    }
    tokens.append(String(decoding: text, as: UTF8.self))
    return tokens
  }

  private static func numberEnd(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    let whole = digitsEnd(bytes, from: index)
    guard whole > index else { return start }
    guard whole < bytes.count, bytes[whole] == UInt8(ascii: ".") else { return whole }
    let fraction = digitsEnd(bytes, from: whole + 1)
    return fraction > whole + 1 ? fraction : whole
  }

  private static func digitsEnd(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start
    while index < bytes.count, (48...57).contains(bytes[index]) { index += 1 }
    return index
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      || byte == UInt8(ascii: "_") || byte >= 0x80
  }
}

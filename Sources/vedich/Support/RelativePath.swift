import Foundation

/// The path that leads from a folder to a place, with `/` and `..`: `../output`.
func relativePath(from folder: URL, to place: URL) -> String {
  let start = folder.standardizedFileURL.pathComponents
  let end = place.standardizedFileURL.pathComponents
  let common = zip(start, end).prefix { $0 == $1 }.count
  let steps = [String](repeating: "..", count: start.count - common) + end.dropFirst(common)
  return steps.isEmpty ? "." : steps.joined(separator: "/")
}

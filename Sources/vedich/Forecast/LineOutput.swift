import Foundation
import Reports

/// Text that is written while it is made: to standard output, or to a file that is there whole or not at all.
struct LineOutput {
  private let path: String
  private let temporary: URL?
  private let handle: FileHandle
  private var waiting: [UInt8] = []

  /// Opens the output; `-` is standard output.
  init(_ path: String) throws {
    self.path = path
    guard path != "-" else {
      temporary = nil
      handle = .standardOutput
      return
    }
    let target = URL(filePath: path).resolvingSymlinksInPath()
    do {
      let there = try? FileManager.default.attributesOfItem(
        atPath: target.path(percentEncoded: false))
      let kind = there?[.type] as? FileAttributeType
      guard kind == nil || kind == .typeRegular else {
        // A device or a pipe is written to; it must never be replaced by a file.
        temporary = nil
        handle = try FileHandle(forWritingTo: target)
        return
      }
      let name = ".\(target.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier)"
      let beside = target.deletingLastPathComponent().appending(path: name)
      try Data().write(to: beside)
      handle = try FileHandle(forWritingTo: beside)
      temporary = beside
    } catch {
      throw Failure(OutputError(writing: path, error))
    }
  }

  mutating func write(_ text: String) throws {
    waiting.append(contentsOf: text.utf8)
    if waiting.count > 1 << 16 { try flush() }
  }

  private mutating func flush() throws {
    guard !waiting.isEmpty else { return }
    if path == "-" {
      try Console.write(waiting)
    } else {
      do {
        try handle.write(contentsOf: Data(waiting))
      } catch {
        discard()
        throw Failure(OutputError(writing: path, error))
      }
    }
    waiting.removeAll(keepingCapacity: true)
  }

  /// Writes the rest, and gives the file its name.
  mutating func finish() throws {
    try flush()
    guard let temporary else { return }
    do {
      try handle.close()
      let target = URL(filePath: path).resolvingSymlinksInPath()
      if FileManager.default.fileExists(atPath: target.path(percentEncoded: false)) {
        try FileManager.default.removeItem(at: target)
      }
      try FileManager.default.moveItem(at: temporary, to: target)
    } catch {
      discard()
      throw Failure(OutputError(writing: path, error))
    }
  }

  /// Leaves nothing behind.
  func discard() {
    guard let temporary else { return }
    try? FileManager.default.removeItem(at: temporary)
  }
}

import ContentHash
public import Foundation

/// Why an output folder could not be written.
public enum OutputError: Error, Hashable {
  /// The folder could not be made.
  case cannotCreateFolder(path: String, reason: String)
  /// A file could not be written or put in its place.
  case cannotWrite(path: String, reason: String)
}

extension OutputError {
  /// What to tell of an error that the system gave when a file was written.
  public init(writing path: String, _ error: any Error) {
    self = .cannotWrite(path: path, reason: reason(error))
  }

  /// Whether a pipe was closed by its reader.
  public var isClosedPipe: Bool {
    if case .cannotWrite(_, let reason) = self { return reason == systemReason(EPIPE) }
    return false
  }
}

extension OutputError: CustomStringConvertible {
  /// One line: what failed, where and why.
  public var description: String {
    switch self {
    case .cannotCreateFolder(let path, let reason): "cannot create the folder \(path): \(reason)"
    case .cannotWrite(let path, let reason): "cannot write \(path): \(reason)"
    }
  }
}

/// The folder that a run writes, whole or not at all.
///
/// Every file is written under a temporary name; ``finish(_:)`` describes them and puts all in their place,
/// `datapackage.json` last. A run that fails before that leaves what stood there untouched: call ``discard()``.
public struct OutputFolder: Sendable {
  /// Where the folder is.
  public let url: URL
  /// The files written so far, in order.
  public private(set) var files: [OutputFile] = []
  /// Whether CSV files start with the mark that Excel needs to see UTF-8.
  public let byteOrderMark: Bool

  /// Creates the folder, and those above it, where they are missing.
  public init(_ url: URL, byteOrderMark: Bool = false) throws(OutputError) {
    self.url = url
    self.byteOrderMark = byteOrderMark
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      // Foundation does not say that a file is in the way.
      let isBlocked = sequence(first: url) { $0.path == "/" ? nil : $0.deletingLastPathComponent() }
        .contains(where: isFile)
      throw .cannotCreateFolder(
        path: url.path, reason: isBlocked ? systemReason(ENOTDIR) : reason(error))
    }
  }

  /// Writes a CSV file.
  public mutating func write<Row>(
    _ table: CSVTable<Row>, _ rows: some Collection<Row>
  ) throws(OutputError) {
    let bytes = table.bytes(rows, byteOrderMark: byteOrderMark)
    try write(table.schema.name, bytes, schema: table.schema)
  }

  /// Writes any other file.
  public mutating func write(_ name: String, _ bytes: [UInt8]) throws(OutputError) {
    try write(name, bytes, schema: nil)
  }

  /// Writes `run.json` and `datapackage.json`, and puts all files in their place.
  public mutating func finish(_ run: RunDescription) throws(OutputError) {
    try write("run.json", run.json)
    try write("datapackage.json", DataPackage.json(files: files, run: run))
    for file in files { try place(file.name) }
  }

  /// Removes the files that are not in their place yet.
  public func discard() {
    for file in files { try? FileManager.default.removeItem(at: temporary(file.name)) }
  }

  private mutating func write(
    _ name: String, _ bytes: [UInt8], schema: TableSchema?
  ) throws(OutputError) {
    precondition(!files.contains { $0.name == name }, "\(name) was written already")
    do {
      try Data(bytes).write(to: temporary(name))
    } catch {
      throw .cannotWrite(path: destination(name).path, reason: reason(error))
    }
    files.append(
      OutputFile(
        name: name, byteCount: bytes.count, sha256: SHA256.hexDigest(of: bytes), schema: schema))
  }

  private func place(_ name: String) throws(OutputError) {
    guard let code = replaceFile(destination(name).path, with: temporary(name).path) else { return }
    throw .cannotWrite(path: destination(name).path, reason: systemReason(code))
  }

  private func destination(_ name: String) -> URL { url.appending(path: name) }
  private func temporary(_ name: String) -> URL { url.appending(path: ".\(name).partial") }
}

private func isFile(_ url: URL) -> Bool {
  (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == false
}

/// What the system said, in words.
private func reason(_ error: any Error) -> String {
  let error = error as NSError
  let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError
  guard
    let posix = [underlying, error].compactMap({ $0 }).first(where: {
      $0.domain == NSPOSIXErrorDomain
    })
  else { return cocoaReason(error) }
  return systemReason(Int32(posix.code))
}

private func cocoaReason(_ error: NSError) -> String {
  switch CocoaError.Code(rawValue: error.code) {
  case .fileNoSuchFile, .fileReadNoSuchFile: systemReason(ENOENT)
  case .fileWriteNoPermission, .fileReadNoPermission: systemReason(EACCES)
  case .fileWriteOutOfSpace: systemReason(ENOSPC)
  case .fileWriteVolumeReadOnly: systemReason(EROFS)
  case .fileWriteFileExists: systemReason(EEXIST)
  default: error.localizedDescription
  }
}

private func systemReason(_ code: Int32) -> String {
  switch POSIXErrorCode(rawValue: code) {
  case .EACCES, .EPERM: "permission denied"
  case .EISDIR, .ENOTEMPTY: "a folder has this name"
  case .ENOENT: "there is no such folder"
  case .ENOSPC, .EDQUOT: "no space left"
  case .ENOTDIR, .EEXIST: "a part of the path is a file"
  case .EPIPE: "the reader closed the pipe"
  case .EROFS: "the file system is read-only"
  default: "system error \(code)"
  }
}

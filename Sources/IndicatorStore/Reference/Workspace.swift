public import Foundation
public import Indicators

/// A folder with `observations.csv` and any tables of reference data; what it lacks comes from the seeds.
public struct Workspace: Sendable {
  /// The reference data of both folders.
  public let reference: ReferenceData
  /// The folder itself.
  public let folder: URL

  /// Opens a workspace and reads its reference data.
  ///
  /// - Parameters:
  ///   - folder: The user's folder.
  ///   - seeds: The reference data that comes with the program.
  /// - Throws: ``FileFault`` when the folder is absent or a file cannot be read.
  public init(folder: URL, seeds: URL) throws(FileFault) {
    guard FileManager.default.fileExists(atPath: folder.path) else {
      throw FileFault(
        .missing,
        [
          Diagnostic(
            file: folder.lastPathComponent, line: 0, found: "no such folder",
            expected: "a folder with observations.csv", fix: "check the name of the workspace")
        ])
    }
    self.folder = folder
    reference = try ReferenceDataReader(folder: folder, fallback: seeds).read()
  }

  /// What is measured, against what, by whom.
  public var catalogue: Catalogue { reference.catalogue }

  /// Reads the observations, checked against the catalogue.
  ///
  /// - Parameters:
  ///   - file: Another file than the folder's `observations.csv`.
  ///   - options: How the file is written.
  /// - Returns: What is used, what is not, and why.
  /// - Throws: ``FileFault`` when the file is absent or nothing of it can be read.
  public func observations(
    from file: URL? = nil, options: ReadingOptions = ReadingOptions()
  ) throws(FileFault) -> ObservationFile {
    try ObservationReader(catalogue: catalogue, options: options)
      .read(contentsOf: file ?? folder.appending(path: "observations.csv"))
  }
}

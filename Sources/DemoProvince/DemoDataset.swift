/// The complete files of the synthetic province, ready to be written to a folder.
public struct DemoDataset: Sendable {
  /// File names and whole texts, in the order in which they are described in the README.
  public var files: [(name: String, contents: String)]

  /// Creates a dataset from its files.
  public init(files: [(name: String, contents: String)]) { self.files = files }

  /// The text of the file with a name.
  public func contents(of name: String) -> String? {
    files.first { $0.name == name }?.contents
  }
}

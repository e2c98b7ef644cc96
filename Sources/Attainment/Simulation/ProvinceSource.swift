public import Statistics

/// Where made-up provinces come from.
public protocol ProvinceSource: Sendable {
  /// Names the source's streams.
  var name: String { get }

  /// Monthly values in 0...100 of one province by unit.
  ///
  /// - Parameters:
  ///   - unitCount: The number of units.
  ///   - months: The number of months.
  ///   - firstMonth: The month of the year with which they begin, 0 for January.
  ///   - stream: Where randomness comes from.
  /// - Returns: A row of months for each unit.
  func values(
    unitCount: Int, months: Int, firstMonth: Int, stream: inout RandomStream
  ) -> [[Double]]
}

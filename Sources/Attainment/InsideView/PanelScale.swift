import Forecasting
import RealModule

/// The scales on which a panel's changes are compared.
struct PanelScale: Hashable, Sendable {
  /// The kinds of scale, from the least to the most bent.
  enum Kind: Hashable, Sendable {
    /// The values themselves.
    case plain
    /// arcsin √p for shares, √y for counts: the scale on which their noise is about even.
    case root
    /// ``Link/bounded(_:)``: logit for shares, logarithm for counts.
    case bounded
  }

  let kind: Kind
  private let link: Link
  private let lower: Double
  private let width: Double?
  private let floor: Double

  /// A scale for the values of a range; without a floor all kinds are the plain one.
  init(_ kind: Kind, range: ValueRange) {
    self.kind = range.lower == nil ? .plain : kind
    link = self.kind == .bounded ? .bounded(range) : .identity
    lower = range.lower ?? 0
    floor = range.lower ?? -.infinity
    width = range.upper.map { $0 - (range.lower ?? 0) }
  }

  /// The place of a value; values outside the range stand at its end.
  func forward(_ value: Double) -> Double {
    guard kind == .root else { return link.forward(value) }
    let filled = max(value - lower, 0)
    guard let width, width > 0 else { return filled.squareRoot() }
    return Double.asin(min(filled / width, 1).squareRoot())
  }

  /// The value at a place of the plain or the bounded scale, clamped to the range.
  func inverse(_ place: Double) -> Double {
    let value = max(kind == .root ? place : link.inverse(place), floor)
    return width.map { min(value, lower + $0) } ?? value
  }
}

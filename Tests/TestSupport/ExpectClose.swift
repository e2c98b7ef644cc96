public import Testing

/// Expects a computed number to agree with its reference within a stated allowance.
///
/// - Parameters:
///   - computed: The number under test.
///   - reference: The number from an independent source.
///   - relative: The allowed error relative to the reference.
///   - absolute: The allowed error itself; the larger of both allowances counts.
///   - label: What the number is.
///   - sourceLocation: Where the test stands.
public func expectClose(
  _ computed: Double, _ reference: Double, relative: Double = 1e-12, absolute: Double = 0,
  _ label: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  let allowance = max(absolute, relative * abs(reference))
  let error = abs(computed - reference)
  #expect(
    error <= allowance || computed == reference,
    "\(label) computed \(computed), reference \(reference), error \(error), allowed \(allowance)",
    sourceLocation: sourceLocation)
}

/// What the other units of one indicator teach about a series.
public struct PanelPrior: Sendable {}

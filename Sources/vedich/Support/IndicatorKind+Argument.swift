public import ArgumentParser
public import Indicators

/// `--kind` takes the words of `indicators.csv`.
extension IndicatorKind: ExpressibleByArgument {}

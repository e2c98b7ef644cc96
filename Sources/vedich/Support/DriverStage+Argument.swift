public import ArgumentParser
public import Indicators

/// `--stage` takes the words of `drivers.csv`.
extension DriverStage: ExpressibleByArgument {}

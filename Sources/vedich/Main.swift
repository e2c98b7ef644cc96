import ArgumentParser

/// The program: a list of commands, nothing more.
@main
struct Main: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vedich",
    abstract: "Says with checked probability whether public targets will be met.",
    version: Version.number,
    subcommands: [
      RunCommand.self, ForecastCommand.self, BacktestCommand.self, AttainCommand.self,
      ReplayCommand.self, CheckCommand.self, CatalogueCommand.self, DemoDataCommand.self,
      RegressCommand.self, CurveCommand.self, DescribeCommand.self, ComponentsCommand.self,
      SensitivityCommand.self, ScenarioCommand.self, SimulateEffectsCommand.self,
      FitPriorCommand.self, CalibrateCommand.self, SimulateProvincesCommand.self,
    ])
}

import ArgumentParser

struct JobsCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "jobs", abstract: told("Start, follow and manage training jobs.", "启动、跟踪和管理训练任务。"),
            subcommands: [
                JobsCreate.self, JobsList.self, JobsGet.self, JobsFollow.self, JobsEvents.self, JobsResults.self,
                JobsCheckpoints.self,
                JobsSamples.self, JobsLosses.self, JobsCompare.self, JobsChart.self, JobsCancel.self, JobsPause.self,
                JobsResume.self,
                JobsKeep.self, JobsMove.self, JobsDelete.self,
            ])
    }
}

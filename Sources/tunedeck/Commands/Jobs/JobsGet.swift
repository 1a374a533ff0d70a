import ArgumentParser
import Foundation
import TuneModel
import TuneStore

struct JobsGet: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "get", abstract: told("Show one job.", "显示一个任务。"))
    }

    @OptionGroup var job: JobOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let job = try await Desk().jobs.job(job.id)
        if common.json { return console.print(job.json) }
        console.table(JobSheet(job).rows.map { [$0[console.language], $1] })
    }
}

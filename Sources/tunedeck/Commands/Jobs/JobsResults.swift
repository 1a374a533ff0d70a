import ArgumentParser
import TuneModel
import TuneStore

struct JobsResults: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "results", abstract: told("Print a job's steps as CSV.", "以 CSV 输出任务的每一步。"))
    }

    @OptionGroup var target: AnyJobOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        let job = try await desk.freshJob(target.find(on: desk), common.console)
        if common.json {
            let steps = try await desk.allJobs.steps(of: job.id)
            if steps.isEmpty { throw StoreError.noResults(job.id, try await desk.allJobs.job(job.id).status) }
            return common.console.print(.list(of: steps.map(\.json)))
        }
        common.console.write(try await desk.allJobs.results(of: job.id), to: .output)
    }
}

import ArgumentParser
import TuneModel
import TuneStore

struct JobsResults: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "results", abstract: told("Print a job's steps as CSV.", "以 CSV 输出任务的每一步。"))
    }

    @OptionGroup var job: JobOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        if common.json {
            let steps = try await desk.jobs.steps(of: job.id)
            if steps.isEmpty { throw StoreError.noResults(job.id, try await desk.jobs.job(job.id).status) }
            return common.console.print(.list(of: steps.map(\.json)))
        }
        common.console.write(try await desk.jobs.results(of: job.id), to: .output)
    }
}

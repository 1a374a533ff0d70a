import ArgumentParser
import Foundation
import TuneModel
import TuneStore

struct JobsGet: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "get", abstract: told("Show one job.", "显示一个任务。"))
    }

    @OptionGroup var target: AnyJobOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let desk = try Desk()
        let job = try await desk.freshJob(target.find(on: desk), console)
        // Before the first step there is nothing to diagnose.
        let steps = (try? await desk.allJobs.steps(of: job.id)) ?? []
        let found = RunEvidence(job, steps).map { Diagnosis.all(of: $0) } ?? []
        if common.json { return console.print(job.json(with: found)) }
        console.table(JobSheet(job).rows.map { [$0[console.language], $1] })
        for diagnosis in found { console.print("\(diagnosis.severity.mark) \(diagnosis.sentence[console.language])") }
    }
}

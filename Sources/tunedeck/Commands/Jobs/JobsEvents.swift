import ArgumentParser
import Foundation
import TuneModel
import TuneStore

struct JobsEvents: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "events", abstract: told("List what happened in a job.", "列出任务中发生的事。"))
    }

    @OptionGroup var target: AnyJobOption
    @Option(help: help("Only events after this number.", "只列出该编号之后的事件。", name: "n"))
    var after: Int?
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let desk = try Desk()
        let job = try await desk.freshJob(target.find(on: desk), console)
        let events = try await desk.allJobs.events(of: job.id, after: after)
        if common.json { return console.print(.list(of: events.map(\.json))) }
        for event in events {
            let time = event.createdAt.formatted(
                Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .current).year().month().day()
                    .time(includingFractionalSeconds: false))
            console.print("[\(time)] " + event.message[console.language])
        }
    }
}

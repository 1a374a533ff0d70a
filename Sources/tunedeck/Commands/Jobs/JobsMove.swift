import ArgumentParser
import TuneModel
import TuneStore

struct JobsMove: AsyncParsableCommand {
    enum Place: String, ExpressibleByArgument, CaseIterable {
        case top, up, down, bottom
    }

    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "move", abstract: told("Change the turn of a queued job.", "调整排队任务的顺序。"))
    }

    @OptionGroup var job: JobOption
    @Option(
        help: help("`top`, `up`, `down` or `bottom` of the queue.", "队列的 `top`、`up`、`down` 或 `bottom`。", name: "place"))
    var to: Place?
    @Option(help: help("The queued job that it is to run before.", "排在哪个任务之前。", name: "id"))
    var before: JobID?
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if (to == nil) == (before == nil) {
            throw usage(
                "Say where: --to top|up|down|bottom, or --before ID.", "请指定位置：--to top|up|down|bottom，或 --before 编号。")
        }
    }

    func run() async throws {
        let job = try await Desk().jobs.move(job.id, to: move)
        if common.json { return common.console.print(job.json) }
        let turn = job.turn ?? 0
        common.console.say(
            Wording("Job \(job.id) is number \(turn) in the queue.", "任务 \(job.id) 现在排在第 \(turn) 位。"))
    }

    private var move: QueueMove {
        if let before { return .before(before) }
        return switch to {
        case .top, nil: .top
        case .up: .up
        case .down: .down
        case .bottom: .bottom
        }
    }
}

import ArgumentParser
import TuneModel
import TuneStore

struct JobsCreate: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "create", abstract: told("Start a training job and follow it.", "启动一个训练任务并跟踪它。"))
    }

    @Option(
        name: [.customShort("t"), .customLong("training-file")],
        help: help("Records to learn: a file, or the id of an uploaded one.", "用于训练的记录：文件，或已上传文件的编号。", name: "file"))
    var trainingFile: String
    @Option(
        name: [.customShort("v"), .customLong("validation-file")],
        help: help("Records to measure on, never learned.", "只用于测量、不参与学习的记录。", name: "file"))
    var validationFile: String?
    @Option(
        name: [.customShort("m"), .customLong("model")],
        help: help("The model to start from.", "作为起点的模型。", name: "model"))
    var model: String
    @Option(help: help("Becomes part of the new model's name.", "会成为新模型名称的一部分。", name: "text"))
    var suffix: String?
    @OptionGroup var hyperparameters: HyperparameterOptions
    @Flag(help: help("Leave at once; the job goes on.", "立即返回；任务继续运行。"))
    var noFollow = false
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let suffix, suffix.count > 64 {
            throw usage("--suffix has at most 64 characters.", "--suffix 最多 64 个字符。")
        }
    }

    func run() async throws {
        let desk = try Desk()
        let console = common.console
        let request = JobRequest(
            model: model, trainingFile: trainingFile, validationFile: validationFile, suffix: suffix,
            hyperparameters: hyperparameters.request)
        // Nothing is stored before the files have been read whole.
        let preview = try await JobPreview(of: request, on: desk)
        for line in preview.lines { console.say(line) }
        let job = try await desk.jobs.create(request)
        console.say(Wording("Job:         \(job.id)", "任务：      \(job.id)"))
        if noFollow {
            if common.json { console.print(job.json) }
            console.say(
                Wording("Follow it:   tunedeck jobs follow -i \(job.id)", "跟踪：      tunedeck jobs follow -i \(job.id)"))
            return
        }
        try await JobFollowing(job: job.id, desk: desk, console: console).run()
    }
}

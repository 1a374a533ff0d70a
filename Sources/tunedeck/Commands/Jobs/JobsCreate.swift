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
        help: help(
            "The model to start from; several times for a job of each.", "作为起点的模型；可重复，每个模型一个任务。", name: "model"))
    var models: [String]
    @Option(help: help("Becomes part of the new model's name.", "会成为新模型名称的一部分。", name: "text"))
    var suffix: String?
    @OptionGroup var hyperparameters: HyperparameterOptions
    @Option(
        help: help(
            "Values of one setting, such as `learning_rate=1e-4,2e-4`: a job for each; may be repeated.",
            "一个设置的多个取值，例如 `learning_rate=1e-4,2e-4`：每个取值一个任务；可重复。", name: "setting"))
    var sweep: [String] = []
    @Flag(help: help("Only say what it would take; nothing is queued.", "只估算开销，不加入队列。"))
    var dryRun = false
    @Flag(help: help("Leave at once; the job goes on.", "立即返回；任务继续运行。"))
    var noFollow = false
    @OptionGroup var service: ServiceOption
    @OptionGroup var consent: ConsentOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if Set(models).count < models.count { throw usage("A model is named twice.", "有模型重复出现。") }
        if let suffix, suffix.count > 64 {
            throw usage("--suffix has at most 64 characters.", "--suffix 最多 64 个字符。")
        }
        if validationFile != nil, hyperparameters.validationShare != nil || sweep.contains(where: isSplit) {
            throw usage(
                "Give a validation file or --validation-split, not both.", "验证文件和 --validation-split 只能选择其一。")
        }
    }

    func run() async throws {
        let sweep = try Sweep(sweep)
        let desk = try Desk()
        let console = common.console
        let place = try await service.chosen(on: desk, console)
        let requests = try requests(of: sweep, at: place)
        if place != nil {
            let jobs = try await RemoteLaunch(
                desk: desk, console: console, dialogue: consent.dialogue(console), isDryRun: dryRun
            ).run(requests)
            if !dryRun { try await finish(jobs, isSweep: !sweep.axes.isEmpty, desk, console) }
            return
        }
        // Nothing is stored before the files have been read whole.
        var plans: [JobPlan] = []
        for model in models { plans.append(try await JobPlan(requests.filter { $0.model == model }, on: desk)) }
        if dryRun, common.json {
            return console.print(plans.count == 1 ? plans[0].json : .list(of: plans.map(\.json)))
        }
        for line in plans.flatMap(\.lines) { console.say(line) }
        if dryRun { return console.say(Wording("Nothing was queued.", "没有加入队列。")) }
        let jobs =
            requests.count == 1
            ? [try await desk.jobs.create(requests[0])] : try await desk.jobs.createGroup(requests)
        try await finish(jobs, isSweep: !sweep.axes.isEmpty, desk, console)
    }

    // MARK: - Private

    private func isSplit(_ word: String) -> Bool { word.hasPrefix(SettingName.validationShare.rawValue + "=") }

    private func requests(of sweep: Sweep, at place: ServiceName?) throws -> [JobRequest] {
        let settings = try sweep.requests(from: hyperparameters.request)
        return models.flatMap { model in
            settings.enumerated().map { index, settings in
                JobRequest(
                    model: model, trainingFile: trainingFile, validationFile: validationFile,
                    suffix: sweep.axes.isEmpty ? suffix : "\(suffix ?? ModelCard.stem(of: trainingFile))-\(index + 1)",
                    hyperparameters: settings, service: place)
            }
        }
    }

    private func finish(_ jobs: [Job], isSweep: Bool, _ desk: Desk, _ console: Console) async throws {
        if isSweep { return tell(jobs, console) }
        if jobs.count == 1 { return try await start(jobs[0], desk, console) }
        tell(jobs, console)
        if !noFollow { try await GroupFollowing(jobs: jobs.map(\.id), desk: desk, console: console).run() }
    }

    private func start(_ job: Job, _ desk: Desk, _ console: Console) async throws {
        console.say(Wording("Job:         \(job.id)", "任务：      \(job.id)"))
        if noFollow {
            if common.json { console.print(job.json) }
            console.say(
                Wording("Follow it:   tunedeck jobs follow -i \(job.id)", "跟踪：      tunedeck jobs follow -i \(job.id)"))
            return
        }
        try await JobFollowing(job: job.id, desk: desk, console: console).run()
    }

    /// A sweep is not followed; the jobs of a few models are.
    private func tell(_ jobs: [Job], _ console: Console) {
        if common.json { console.print(.list(of: jobs.map(\.json))) }
        guard let group = jobs.first?.group else { return }
        let what = sweep.isEmpty ? Wording("Group:  ", "组：  ") : Wording("Sweep:  ", "扫描：")
        console.say(
            what + Wording("     \(group), \(jobs.count) jobs", "      \(group)，\(jobs.count) 个任务"))
        console.say(
            Wording(
                "Compare:     tunedeck jobs compare -i \(group)\nCancel all:  tunedeck jobs cancel -i \(group)",
                "比较：      tunedeck jobs compare -i \(group)\n全部取消：  tunedeck jobs cancel -i \(group)"))
    }
}

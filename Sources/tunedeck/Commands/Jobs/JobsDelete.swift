import ArgumentParser
import TuneModel
import TuneStore

struct JobsDelete: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "delete", abstract: told("Forget a finished job and its files.", "删除已结束的任务及其文件。"))
    }

    @OptionGroup var job: JobOption
    @Flag(help: help("Also when it has made a model, which goes with it.", "即使任务产生了模型，也一并删除。"))
    var withModel = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let jobs = try Desk().jobs
        if !withModel, let model = try await jobs.job(job.id).fineTunedModel {
            throw StoreError.jobHasModel(job.id, model: model)
        }
        try await jobs.delete(job.id)
        if common.json { return common.console.print(.deleted(job.id.text, "fine_tuning.job")) }
        common.console.say(Wording("Job \(job.id) is deleted.", "任务 \(job.id) 已删除。"))
    }
}

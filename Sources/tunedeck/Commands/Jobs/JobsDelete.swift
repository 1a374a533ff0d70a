import ArgumentParser
import TuneModel
import TuneStore

struct JobsDelete: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "delete",
            abstract: told("Forget a finished job, or a whole sweep, and its files.", "删除已结束的任务或整次扫描及其文件。"))
    }

    @OptionGroup var target: JobsOption
    @Flag(help: help("Also when it has made a model, which goes with it.", "即使任务产生了模型，也一并删除。"))
    var withModel = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        let jobs = desk.allJobs
        switch try await target.found(on: desk) {
        case .foreign: break
        case .job(let id):
            try check([try await jobs.job(id)])
            try await jobs.delete(id)
            if common.json { return common.console.print(.deleted(id.text, "fine_tuning.job")) }
            common.console.say(Wording("Job \(id) is deleted.", "任务 \(id) 已删除。"))
        case .group(let group):
            let members = try await jobs.jobs(of: group)
            try check(members)
            try await jobs.delete(group)
            if common.json { return common.console.print(.deleted(group.text, "fine_tuning.sweep")) }
            common.console.say(
                Wording("Sweep \(group) is deleted: \(members.count) jobs.", "扫描 \(group) 已删除：\(members.count) 个任务。"))
        }
    }

    private func check(_ jobs: [Job]) throws {
        for job in jobs where !withModel {
            // A service keeps its model, whatever is forgotten here.
            if job.origin == nil, let model = job.fineTunedModel { throw StoreError.jobHasModel(job.id, model: model) }
        }
    }
}

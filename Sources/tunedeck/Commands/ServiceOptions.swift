import ArgumentParser
import Foundation
import TuneClient
import TuneModel
import TuneStore

/// `--service NAME`.
struct ServiceOption: ParsableArguments {
    @Option(
        name: .customLong("service"),
        help: help(
            "Which service: its name in config.toml, or `local` for this machine; the current one when left out.",
            "哪个服务：config.toml 中的名称，或 `local` 表示本机；省略时为当前服务。", name: "name"))
    var name: String?

    /// Nil is this machine.
    func chosen(on desk: Desk, _ console: Console) async throws -> ServiceName? {
        let chosen = try await desk.services.chosen(name)
        if chosen != nil { for warning in desk.services.warnings { console.remark(Wording("⚠ ", "⚠ ") + warning) } }
        return chosen
    }
}

/// What may leave without a question.
struct ConsentOptions: ParsableArguments {
    @Flag(help: help("Agree to the cost, and to what the file holds.", "同意费用以及文件所含内容。"))
    var yes = false
    @Flag(
        help: help("Take a file that the service has already in place of an upload.", "使用服务上已有的文件，不再上传。"))
    var reuse = false
    @Flag(help: help("Upload the file, whatever the service has.", "无论服务上有什么，都重新上传。"))
    var uploadAgain = false

    func validate() throws {
        if reuse, uploadAgain {
            throw usage("Take --reuse or --upload-again, not both.", "--reuse 和 --upload-again 只能选择其一。")
        }
    }

    func dialogue(_ console: Console) -> DepartureDialogue {
        let choice: DepartureDialogue.Reuse = reuse ? .take : uploadAgain ? .never : .ask
        return DepartureDialogue(console: console, isAgreed: yes, reuse: choice)
    }
}

/// `-i ID` of a job, in the spelling of this machine or of a service.
struct AnyJobOption: ParsableArguments {
    @Option(
        name: [.customShort("i"), .customLong("id")],
        help: help(
            "The job's id: ftjob-…, ft-…, or a service's own.", "任务编号：ftjob-…、ft-…，或服务自己的编号。", name: "id"))
    var id: String
    @OptionGroup var service: ServiceOption

    func validate() throws {
        if FileID(foreign: id) == nil { throw usage("\(id) is no job's id.", "\(id) 不是任务编号。") }
    }

    func find(on desk: Desk) async throws -> JobID { try await desk.jobID(called: id, at: service.name) }
}

extension Desk {
    /// The job here that a person calls by an id of this machine or of a service. One that a service has and this workspace
    /// does not know yet is taken in.
    func jobID(called text: String, at word: String?) async throws -> JobID {
        let named = try word.flatMap { try services.named($0) }
        if word == nil || named == nil, let id = try await allJobs.jobID(forRemote: text, service: nil) { return id }
        let current = word == nil ? try await services.current() : named
        if let current {
            if let id = try await allJobs.jobID(forRemote: text, service: current) { return id }
            try await allJobs.remote.adopt(current)
            if let id = try await allJobs.jobID(forRemote: text, service: current) { return id }
        }
        if let id = JobID(text) { throw StoreError.jobNotFound(id) }
        throw UnknownJob(id: text, service: current)
    }
}

/// Nobody knows a job of this id.
struct UnknownJob: ExplainedError, Equatable {
    let id: String
    let service: ServiceName?

    var exitStatus: ExitStatus { .usage }
    var failureKind: FailureKind { .missing }

    var explanation: Explanation {
        let place = service.map { Wording(" here or at \($0)", "（本机和 \($0)）") } ?? Wording("", "")
        return Explanation(
            Wording("There is no job \(id)\(place.english).", "没有任务 \(id)\(place.chinese)。"),
            next: Wording(
                "`tunedeck jobs list` shows them; --service NAME asks another service.",
                "`tunedeck jobs list` 可列出任务；--service 名称 可询问其他服务。"))
    }
}

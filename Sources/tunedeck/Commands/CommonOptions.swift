public import ArgumentParser
public import TuneModel
import TuneStore

/// What every command takes.
struct CommonOptions: ParsableArguments {
    @Flag(name: .long, help: help("Print data as JSON; narration goes to standard error.", "以 JSON 输出数据；说明文字写到标准错误。"))
    var json = false

    var console: Console { Console(isJSON: json) }
}

/// `-i ID` of a job.
struct JobOption: ParsableArguments {
    @Option(
        name: [.customShort("i"), .customLong("id")],
        help: help("The job's id, ftjob-… or ft-….", "任务编号，ftjob-… 或 ft-…。", name: "id"))
    var id: JobID
}

/// `-i ID` of a job, or of a sweep.
struct JobsOption: ParsableArguments {
    @Option(
        name: [.customShort("i"), .customLong("id")],
        help: help(
            "The id of a job, ftjob-… or a service's own, or of a sweep, sweep-….",
            "任务编号 ftjob-… 或服务自己的编号，或扫描编号 sweep-…。", name: "id"))
    var id: JobOrGroup
    @OptionGroup var service: ServiceOption

    func found(on desk: Desk) async throws -> JobOrGroup { try await id.found(on: desk, at: service.name) }
}

/// What `-i` names where a job or a whole sweep can be meant.
enum JobOrGroup: Hashable, Sendable, ExpressibleByArgument {
    case job(JobID)
    case group(GroupID)
    /// As a service may call a job.
    case foreign(String)

    init?(argument: String) {
        if let job = JobID(argument) {
            self = .job(job)
        } else if let group = GroupID(argument) {
            self = .group(group)
        } else if FileID(foreign: argument) != nil {
            self = .foreign(argument)
        } else {
            return nil
        }
    }

    /// The same with the job as it is known here; never `foreign`.
    func found(on desk: Desk, at service: String?) async throws -> JobOrGroup {
        switch self {
        case .group: self
        case .job(let id): .job(try await desk.jobID(called: id.text, at: service))
        case .foreign(let text): .job(try await desk.jobID(called: text, at: service))
        }
    }

    /// The job, or those of the sweep.
    func jobs(on desk: Desk) async throws -> [Job] {
        switch self {
        case .job(let id): [try await desk.allJobs.job(desk.jobID(called: id.text, at: nil))]
        case .foreign(let text): [try await desk.allJobs.job(desk.jobID(called: text, at: nil))]
        case .group(let group): try await desk.allJobs.jobs(of: group)
        }
    }
}

/// `-i ID` of an uploaded file; a service may have a form of its own.
struct FileOption: ParsableArguments {
    @Option(
        name: [.customShort("i"), .customLong("id")],
        help: help("The file's id, file-….", "文件编号，file-…。", name: "id"))
    var id: FileID
}

extension JobID: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension FileID: ExpressibleByArgument {
    public init?(argument: String) { self.init(foreign: argument) }
}

/// A usage error in the language of the environment.
func usage(_ english: String, _ chinese: String) -> ValidationError {
    ValidationError(told(english, chinese))
}

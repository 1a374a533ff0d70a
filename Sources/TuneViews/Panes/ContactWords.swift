import Foundation
import TuneControl
import TuneModel

/// How the line to a job's service is, in words; there are none while it is good. Never told as a failure of the job.
struct ContactWords {
    let sign: String
    let role: Role
    /// A word for a list.
    let short: String
    /// With the time since when.
    let text: String
    let why: Explanation

    init?(_ job: Job, _ look: Look, now: Date) {
        switch job.origin?.contact {
        case .away(let since, let why)? where !job.status.isFinal:
            let time = Figures.time(since, now: now, zone: look.zone)
            sign = "◌"
            role = .warning
            short = look.say("reconnecting", "正在重连")
            text = look.say("reconnecting since \(time)", "自 \(time) 起正在重连")
            self.why = why
        case .refused(let at, let why)?:
            let time = Figures.time(at, now: now, zone: look.zone)
            sign = "!"
            role = .error
            short = look.say("no access", "无法访问")
            text = look.say("no access since \(time)", "自 \(time) 起无法访问")
            self.why = why
        default: return nil
        }
    }
}

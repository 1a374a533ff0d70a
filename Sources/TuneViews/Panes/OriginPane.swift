import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// What there is to know of a job that runs at a service: how the line to it is, what it costs, and what the service told
/// beside its course.
struct OriginPane: PaneView {
    let job: Job?
    let look: Look
    let now: Date

    var title: String { job?.origin.map { look.say("at \($0.service)", "位于 \($0.service)") } ?? "" }

    var trailing: String {
        guard case .good(let at)? = job?.origin?.contact else { return "" }
        let time = Figures.time(at, now: now, zone: look.zone)
        return look.say("answered \(time)", "\(time) 有应答")
    }

    /// Rows that a job has something for; none for one that runs here.
    static func rows(of job: Job) -> Int {
        guard let origin = job.origin else { return 0 }
        let trouble =
            switch origin.contact {
            case .away where !job.status.isFinal, .refused: 3
            default: 0
            }
        let files = [origin.trainingFile, origin.validationFile].contains { $0 != nil } ? 1 : 0
        return trouble + 1 + (origin.cost == nil ? 0 : 1) + files + (origin.preparation.isEmpty ? 0 : 1)
            + origin.extras.count
    }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        guard let job, let origin = job.origin else { return }
        var rest = area.inset(left: 1, right: 1)
        if let contact = ContactWords(job, look, now: now) {
            let place = rest.takeTop(min(3, rest.height))
            surface.writeWrapped(trouble(contact, origin), in: place, style: look[contact.role])
        }
        for fact in facts(origin) where !rest.isEmpty {
            let row = rest.takeTop(1)
            surface.write(fact.name, in: Rect(x: row.x, y: row.y, width: 17, height: 1), style: look[.muted])
            surface.write(fact.value, in: row.inset(left: 18), style: look[.text])
        }
    }

    // MARK: -

    private func trouble(_ contact: ContactWords, _ origin: JobOrigin) -> String {
        let head = contact.sign + " " + contact.text
        if case .away = origin.contact {
            return head
                + look.say(
                    ": \(contact.why.what.english) The job is not affected; TuneDeck keeps asking.",
                    "：\(contact.why.what.chinese)任务不受影响，TuneDeck 会继续尝试。")
        }
        return head + look.say(": ", "：") + contact.why.text(in: look.language)
    }

    private func facts(_ origin: JobOrigin) -> [(name: String, value: String)] {
        var facts: [(name: String, value: String)] = []
        if let cost = origin.cost { facts.append((look.say("cost", "费用"), CostWords(cost, look).text)) }
        facts.append((look.say("job there", "服务端任务"), origin.id))
        let files = [origin.trainingFile, origin.validationFile].compactMap(\.self)
        if !files.isEmpty { facts.append((look.say("files there", "服务端文件"), files.joined(separator: " · "))) }
        if !origin.preparation.isEmpty {
            let answers = origin.preparation.map(look.say).joined(separator: look.say("; ", "；"))
            facts.append((look.say("prepared", "整理"), answers))
        }
        return facts + origin.extras.map { ($0.name, $0.value) }
    }
}

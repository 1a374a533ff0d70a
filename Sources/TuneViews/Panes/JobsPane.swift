import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// Every job in one row each: status, name, how far it is, its loss as a curve and as a number.
struct JobsPane: PaneView {
    let jobs: Jobs.State
    let look: Look
    let now: Date

    var title: String { look.say("Jobs", "任务") }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        guard !jobs.jobs.isEmpty else {
            let text =
                jobs.isLoaded
                ? look.say(
                    "No jobs yet. Open a dataset, prepare it, and press t: the job then shows here.",
                    "还没有任务。打开数据集并整理好之后按 t，任务就会出现在这里。")
                : look.say("Reading the jobs …", "正在读取任务…")
            surface.writeWrapped(text, in: area.inset(by: 1), style: look[.muted])
            return
        }
        let list = jobs.list
        let rows = Rows(
            count: jobs.jobs.count, top: list.window(rows: area.height).lowerBound, cursor: list.selected,
            cursorStyle: look.cursor(focused: true), style: look[.background], markStyle: look[.border]
        ) { index, place, surface in
            draw(index, isSelected: index == list.cursor, in: place, on: &surface)
        }
        rows.draw(in: area, on: &surface)
    }

    // MARK: -

    private func draw(_ index: Int, isSelected: Bool, in row: Rect, on surface: inout Surface) {
        let job = jobs.jobs[index]
        let status = JobLook(job.status)
        surface.write(isSelected ? "▸" : " ", in: row, style: look[.accent])
        surface.write(status.glyph, in: row.inset(left: 1), style: look[status.role])
        if jobs.marked.contains(job.id) { surface.write("*", in: row.inset(left: 2), style: look[.accent]) }
        // Name, then what there is to say, then curve and loss in columns of their own at the right.
        let loss = job.latest.map { Figures.loss($0.trainingLoss) } ?? ""
        let right = row.inset(right: 1)
        surface.write(loss, in: right, style: look[.text], alignment: .right)
        var curve = right.inset(right: 6)
        curve = Rect(x: curve.endX - 8, y: row.y, width: 8, height: 1)
        let values = jobs.curves[job.id]?.bucketed(to: 16) ?? []
        if values.count > 1 {
            let style = look[.chartLoss]
            Sparkline(values, mark: .braille, style: style).draw(in: curve, on: &surface)
        }
        let text = fact(job)
        var room = Rect(x: row.x + 3, y: row.y, width: curve.x - row.x - 4, height: 1)
        let contact = ContactWords(job, look, now: now)
        let columns = min(surface.measure.columns(of: text), contact == nil ? max(0, room.width / 2) : 13)
        if let bracket = bracket(index) { surface.write(bracket, in: room.takeLeft(2), style: look[.muted]) }
        drawName(job, isSelected: isSelected, in: room.inset(right: columns + 1), on: &surface)
        surface.write(
            text, in: Rect(x: room.endX - columns, y: row.y, width: columns, height: 1),
            style: look[contact?.role ?? .muted], alignment: .right)
    }

    /// What holds the jobs of a sweep together; nil for a job that stands alone.
    private func bracket(_ index: Int) -> String? {
        guard let group = jobs.jobs[index].group else { return nil }
        func belongs(_ other: Int) -> Bool { jobs.jobs.indices.contains(other) && jobs.jobs[other].group == group }
        return switch (belongs(index - 1), belongs(index + 1)) {
        case (true, true): "│"
        case (true, false): "└"
        case (false, true): "┌"
        case (false, false): nil
        }
    }

    /// The job's name; in a sweep what sets it apart from the others, beside the name where there is room for both.
    private func drawName(_ job: Job, isSelected: Bool, in room: Rect, on surface: inout Surface) {
        let style = look[isSelected ? .strong : .text]
        let variation = jobs.variations[job.id] ?? ""
        // Where it runs belongs to its name, unless that is here.
        let service = job.origin?.service.text ?? ""
        guard !variation.isEmpty else {
            let columns = service.isEmpty ? 0 : surface.measure.columns(of: service) + 1
            let used = surface.write(job.title, in: room.inset(right: columns), style: style)
            surface.write(service, in: room.inset(left: used + 1), style: look[.muted])
            return
        }
        let needed = surface.measure.columns(of: variation) + 2
        guard surface.measure.columns(of: job.title) + needed <= room.width else {
            surface.write(variation, in: room, style: style)
            return
        }
        let used = surface.write(job.title, in: room, style: style)
        surface.write(variation, in: room.inset(left: used + 2), style: look[.muted])
    }

    private func fact(_ job: Job) -> String {
        if let contact = ContactWords(job, look, now: now) { return contact.short }
        return switch job.status {
        case .running: job.progress.map(Figures.percent) ?? look.say(JobLook(.running).word)
        case .paused: look.say(JobLook(.paused).word)
        case .succeeded, .cancelled, .failed:
            job.finishedAt.map { Figures.time($0, now: now, zone: look.zone) } ?? look.say(JobLook(job.status).word)
        case .queued: look.say(JobLook(.queued).word) + (job.turn.map { " \($0)" } ?? "")
        case .validatingFiles, .other: look.say(JobLook(job.status).word)
        }
    }
}

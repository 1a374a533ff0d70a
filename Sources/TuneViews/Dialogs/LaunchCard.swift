import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// The form that starts a job, with what the job would cost.
struct LaunchCard: DialogCard {
    let launch: Launch.State
    let fetch: Models.Fetch?
    let look: Look
    var sending: Services.Sending?
    var now = Date.distantPast

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let hasAir = area.height >= 21
        let shown = launch.visible.map(Line.field) + launch.questions.map(Line.question)
        let below = DepartureLines(launch: launch, look: look, now: now)
        let told = launch.service == nil ? 0 : below.rows(width: min(84, area.width) - 4, measure: surface.measure)
        let around = max(hasAir ? 8 : 6, told + 3)
        let rows = max(1, min(shown.count, area.height - around))
        var inner = card(
            look.say("Train a model", "训练模型"), width: 84, height: rows + around, in: area, look: look, on: &surface)
        if hasAir, around <= 8 { _ = inner.takeTop(1) }
        let list = inner.takeTop(rows)
        let cursor = launch.question.map(Line.question) ?? .field(launch.active)
        let active = shown.firstIndex(of: cursor) ?? 0
        let top = max(0, min(shown.count - rows, active - rows / 2))
        var caret: Point?
        for (number, line) in shown[top..<(top + rows)].enumerated() {
            let isActive = line == cursor
            let place = list.row(number).inset(right: shown.count > rows ? 1 : 0)
            switch line {
            case .field(let index):
                let found = draw(launch.fields[index], isActive: isActive, in: place, on: &surface)
                if isActive { caret = found }
            case .question(let question): below.draw(question, isActive: isActive, in: place, on: &surface)
            }
        }
        ScrollMark(top: top, visible: rows, count: shown.count, style: look[.muted])
            .draw(in: Rect(x: list.endX - 1, y: list.y, width: 1, height: rows), on: &surface)
        _ = inner.takeTop(1)
        drawCost(below, in: inner, on: &surface)
        return caret
    }

    // MARK: -

    private enum Line: Hashable {
        case field(Int)
        case question(Launch.DepartureRow)
    }

    private func draw(_ field: Launch.Field, isActive: Bool, in row: Rect, on surface: inout Surface) -> Point? {
        let words = LaunchWords(field.name)
        surface.write(isActive ? "▸" : " ", in: row, style: look[.accent])
        surface.write(look.say(words.caption), in: row.inset(left: 2), style: look[isActive ? .strong : .muted])
        let place = Rect(x: row.x + 18, y: row.y, width: words.isShort ? 20 : row.width - 18, height: 1)
        if isActive { surface.fill(place, style: look[.field]) }
        let style = look[isActive ? .field : .text]
        // A path is told apart by its end, so that end is shown while it is not being edited.
        if isActive || !field.name.isPath {
            let box = field.buffer.field(
                look, style: style, isActive: isActive, placeholder: look.say(words.blank))
            box.draw(in: place, on: &surface)
            if words.isShort { drawHint(field, words, beside: place, in: row, on: &surface) }
            return isActive ? box.caretPoint(in: place, measure: surface.measure) : nil
        }
        let text = field.buffer.text
        if text.isEmpty {
            surface.write(look.say(words.blank), in: place, style: look[.muted])
        } else {
            surface.write(text, in: place, style: style, overflow: .leadingEllipsis)
        }
        return nil
    }

    private func drawHint(
        _ field: Launch.Field, _ words: LaunchWords, beside place: Rect, in row: Rect, on surface: inout Surface
    ) {
        let room = Rect(x: place.endX + 2, y: row.y, width: row.endX - place.endX - 2, height: 1)
        if case .failure(let fault) = launch.requests, fault.field == field.name {
            surface.write("✗ " + look.say(fault.text), in: room, style: look[.error])
        } else {
            surface.write(look.say(words.hint), in: room, style: look[.muted])
        }
    }

    private func drawCost(_ departure: DepartureLines, in area: Rect, on surface: inout Surface) {
        if fetch != nil || launch.missingBase != nil {
            FetchView(fetch: fetch, missing: launch.missingBase, key: "⏎", look: look).draw(in: area, on: &surface)
            return
        }
        if launch.isAskingOffers { return departure.draw(in: area, on: &surface) }
        if case .failure(let fault) = launch.requests {
            let name = look.say(LaunchWords(fault.field).caption)
            surface.writeWrapped("✗ \(name): \(look.say(fault.text))", in: area, style: look[.error])
            return
        }
        if launch.isStarting {
            drawStart(in: area, on: &surface)
            return
        }
        if launch.service != nil { return departure.draw(in: area, on: &surface) }
        switch launch.estimation {
        case .running: surface.write(look.say("reckoning what it costs …", "正在估算…"), in: area, style: look[.muted])
        case .failed(let why): surface.writeWrapped("✗ " + look.say(why.what), in: area, style: look[.error])
        case .done(let estimate): drawCost(estimate, in: area, on: &surface)
        }
    }

    /// What is sent before a job can start elsewhere has a bar.
    private func drawStart(in area: Rect, on surface: inout Surface) {
        guard launch.service != nil, let name = sending?.name, let progress = sending?.progress else {
            surface.write(look.say("starting …", "正在启动…"), in: area, style: look[.accent])
            return
        }
        let done = Figures.bytes(progress.done)
        let facts =
            progress.total.map { look.say("\(done) of \(Figures.bytes($0))", "\(done) / \(Figures.bytes($0))") } ?? done
        surface.write(
            look.say("sending \(name) · \(facts)", "正在发送 \(name) · \(facts)"), in: area.row(0), style: look[.accent])
        Gauge(progress.share, style: look[.accent], trackStyle: look[.border]).draw(in: area.row(1), on: &surface)
    }

    /// What is done, and below it what that takes.
    private func drawCost(_ estimate: LaunchEstimate, in area: Rect, on surface: inout Surface) {
        let (steps, examples) = (Figures.count(estimate.steps), Figures.count(estimate.examples))
        var work = [look.say("\(steps) steps over \(examples) examples", "\(examples) 个样本，共 \(steps) 步")]
        if estimate.isPreference, launch.text(.method).isEmpty { work.append(look.say("preferences: DPO", "偏好数据：DPO")) }
        if let held = estimate.validationExamples {
            work.append(look.say("\(Figures.count(held)) held out", "\(Figures.count(held)) 个留作验证"))
        }
        if let tokens = estimate.trainedTokens {
            work.append(look.say("≈ \(Figures.short(tokens)) trained tokens", "≈ \(Figures.short(tokens)) 个训练词元"))
        }
        var cost = estimate.seconds.map { [look.say(Figures.roughly($0))] } ?? []
        if let memory = estimate.memoryMB {
            cost.append(look.say("≈ \(Figures.memory(memory)) of memory", "≈ \(Figures.memory(memory)) 内存"))
        }
        if let disk = estimate.diskMB {
            let size = Figures.bytes(Int64(disk * 1e6))
            cost.append(look.say("≈ \(size) on disk", "≈ \(size) 磁盘"))
        }
        surface.write(work.joined(separator: " · "), in: area.row(0), style: look[.text])
        surface.write(cost.joined(separator: " · "), in: area.row(1), style: look[.strong])
    }
}

import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// What would leave with a job for a service, in the form that starts it: what goes, what it costs, what was found in it,
/// and the questions that have to be answered first.
struct DepartureLines {
    let launch: Launch.State
    let look: Look
    let now: Date

    /// Rows of what is told below the fields.
    func rows(width: Int, measure: GlyphWidth) -> Int {
        let wrap = TextWrap(width: max(1, width), measure: measure)
        return lines.reduce(0) { $0 + max(1, wrap.lines(of: $1.text).count) }
    }

    func draw(in area: Rect, on surface: inout Surface) {
        var rest = area
        for line in lines where !rest.isEmpty {
            _ = rest.takeTop(surface.writeWrapped(line.text, in: rest, style: look[line.role]))
        }
    }

    /// A question as a row of the form.
    func draw(_ question: Launch.DepartureRow, isActive: Bool, in row: Rect, on surface: inout Surface) {
        surface.write(isActive ? "▸" : " ", in: row, style: look[.accent])
        let style = look[isActive ? .strong : .text]
        let value = row.inset(left: 18)
        switch question {
        case .reuse(let use):
            let caption =
                use == .training ? look.say("training data", "训练数据") : look.say("validation data", "验证数据")
            surface.write(caption, in: row.inset(left: 2), style: look[isActive ? .strong : .muted])
            surface.write(answer(use), in: value, style: style)
        case .consent:
            let mark = launch.choices.isAgreed ? "[✓] " : "[ ] "
            surface.write(look.say("agreed", "同意"), in: row.inset(left: 2), style: look[isActive ? .strong : .warning])
            surface.write(mark + consent, in: value, style: style)
        }
    }

    // MARK: -

    private var lines: [(text: String, role: Role)] {
        switch launch.reckoning {
        case .none where launch.isAskingOffers: [(look.say("asking what it offers …", "正在查询可训练的模型…"), .muted)]
        case .none: []
        case .running: [(look.say("reckoning what would leave, and its cost …", "正在估算要发送的内容和费用…"), .muted)]
        case .failed(let why): [("✗ " + why.text(in: look.language), .error)]
        case .done(let departures): departures.first.map { [leaving($0)] + [cost] + found($0) } ?? []
        }
    }

    private func leaving(_ departure: Departure) -> (text: String, role: Role) {
        let bytes = departure.bytesToSend(launch.choices)
        let service = departure.service.text
        var parts = [
            bytes == 0
                ? look.say("nothing has to be sent to \(service)", "无需向 \(service) 发送文件")
                : look.say("\(Figures.bytes(bytes)) leave for \(service)", "将向 \(service) 发送 \(Figures.bytes(bytes))")
        ]
        if let examples = departure.examples {
            parts.append(look.say("\(Figures.count(examples)) examples", "\(Figures.count(examples)) 个样本"))
        }
        if launch.departures.count > 1 { parts.append(look.say("two jobs", "两个任务")) }
        return (parts.joined(separator: " · "), .text)
    }

    /// Of each job; of two also what they cost together.
    private var cost: (text: String, role: Role) {
        let each = launch.departures.map { departure in
            departure.cost.map { CostWords($0, look).text } ?? look.say("cost not known", "费用未知")
        }
        guard each.count > 1, let dollars = launch.dollars else { return (each.joined(separator: " + "), .strong) }
        let sum = Figures.dollars(dollars)
        return (each.joined(separator: " + ") + look.say(" = ≈ \(sum)", " = ≈ \(sum)"), .strong)
    }

    /// Secrets and personal data, by file when there are two.
    private func found(_ departure: Departure) -> [(text: String, role: Role)] {
        departure.files.flatMap { file in
            file.findings.map { finding in
                let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
                let whose = departure.files.count > 1 ? name + ": " : ""
                return ("! " + whose + look.say(finding.summary), Role.warning)
            }
        }
    }

    private func answer(_ use: Departure.File.Use) -> String {
        guard let file = launch.file(use) else { return "" }
        guard let id = launch.choices.reuse[file.path], let known = file.candidates.first(where: { $0.id == id }) else {
            return look.say("send it (\(Figures.bytes(file.bytes)))", "发送（\(Figures.bytes(file.bytes))）")
        }
        let made = Figures.time(known.uploadedAt, now: now, zone: look.zone)
        let match =
            known.match == .bytes
            ? look.say("same content", "内容相同") : look.say("same name and size", "名称和大小相同")
        return look.say("use \(known.id), sent \(made): \(match)", "使用 \(made) 发送的 \(known.id)：\(match)")
    }

    private var consent: String {
        let questions = launch.departures.flatMap(\.questions)
        var parts: [String] = []
        if questions.contains(.findings) {
            parts.append(look.say("what was found may leave", "所发现的内容可以发送"))
        }
        if case .cost(let limit)? = questions.first(where: { if case .cost = $0 { true } else { false } }) {
            let most = Figures.dollars(limit)
            parts.append(look.say("it may cost over \(most)", "费用可以超过 \(most)"))
        }
        if questions.contains(.unknownCost) {
            parts.append(look.say("its cost is not known", "费用未知也可以"))
        }
        return parts.joined(separator: look.say(" · ", " · "))
    }
}

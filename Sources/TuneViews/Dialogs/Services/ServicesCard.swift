import TuneCanvas
import TuneControl
import TuneModel

/// The switch between this machine and the services: address, where the key comes from, and how each stands.
struct ServicesCard: DialogCard {
    let services: Services.State
    let look: Look

    /// Each has a row of facts below its name.
    private static let rowsEach = 2

    static func rows(in area: Rect, count: Int) -> Int { max(1, min(count, (area.height - 8) / rowsEach)) }

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let rows = Self.rows(in: area, count: services.list.count)
        let width = min(96, area.width - 4)
        // Why the one under the cursor cannot be used, in full.
        let why = services.selected.flatMap(fault)
        let hint = services.cards.isEmpty ? 2 : why == nil ? 0 : 4
        var inner = card(
            look.say("Where is work done?", "在哪里工作？"), width: width, height: rows * Self.rowsEach + 2 + hint, in: area,
            look: look, on: &surface)
        let list = services.list
        let window = list.window(rows: rows)
        let body = inner.takeTop(rows * Self.rowsEach)
        for (line, index) in window.enumerated() {
            let place = Rect(x: body.x, y: body.y + line * Self.rowsEach, width: body.width, height: Self.rowsEach)
            draw(
                index == 0 ? nil : services.cards[index - 1], isSelected: index == list.cursor, in: place, on: &surface)
        }
        ScrollMark(top: window.lowerBound, visible: rows, count: list.count, style: look[.muted])
            .draw(in: Rect(x: body.endX, y: body.y, width: 1, height: body.height), on: &surface)
        if let why {
            surface.writeWrapped(why.text(in: look.language), in: inner.inset(top: 1), style: look[.text])
        } else if hint > 0 {
            surface.write(
                look.say(
                    "No service yet. c connects one that speaks OpenAI’s protocol.", "还没有服务。按 c 连接一个兼容 OpenAI 协议的服务。"),
                in: inner.row(1), style: look[.muted])
        }
        return nil
    }

    // MARK: -

    private func draw(_ card: ServiceCard?, isSelected: Bool, in place: Rect, on surface: inout Surface) {
        let row = place.row(0)
        surface.write(isSelected ? "▸" : " ", in: row, style: look[.accent])
        let isCurrent = card?.name == services.current
        surface.write(isCurrent ? "●" : "○", in: row.inset(left: 2), style: look[isCurrent ? .accent : .muted])
        let name = card?.name.text ?? ServiceName.local
        let title = row.inset(left: 4)
        let used = surface.write(name, in: title, style: look[isSelected ? .strong : .text])
        let facts = place.row(1).inset(left: 4)
        guard let card else {
            surface.write(
                look.say("This machine: its own worker and models", "本机：自带的训练进程和模型"), in: facts, style: look[.muted])
            return
        }
        let standing = standing(card)
        let columns = min(surface.measure.columns(of: standing.text), max(0, title.width - used - 2))
        surface.write(
            standing.text, in: Rect(x: title.endX - columns, y: row.y, width: columns, height: 1),
            style: look[standing.role], alignment: .right)
        let key = card.keySource.map { look.say("key: \($0)", "密钥：\($0)") } ?? look.say("no key", "无需密钥")
        surface.write(card.address + " · " + key, in: facts, style: look[.muted])
    }

    /// The configuration's fault, else what the service answered.
    private func fault(_ card: ServiceCard) -> Explanation? {
        if let fault = card.fault { return fault }
        if case .failed(let why) = services.standing(of: card.name) { return why }
        return nil
    }

    private func standing(_ card: ServiceCard) -> (text: String, role: Role) {
        if card.fault != nil { return (look.say("✗ cannot be used", "✗ 无法使用"), .error) }
        switch services.standing(of: card.name) {
        case .unknown: return (look.say("not asked yet", "尚未检查"), .muted)
        case .asking: return (look.say("asking …", "正在检查…"), .muted)
        case .failed: return (look.say("✗ no use of it now", "✗ 当前不可用"), .error)
        case .good(let found):
            let time = Int((found.seconds * 1000).rounded())
            return (
                look.say(
                    "✓ \(found.dialect) · \(found.models) models · \(time) ms",
                    "✓ \(found.dialect) · \(found.models) 个模型 · \(time) 毫秒"), .good
            )
        }
    }
}

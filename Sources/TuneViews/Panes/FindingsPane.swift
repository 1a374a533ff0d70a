import TuneCanvas
import TuneControl
import TuneModel

/// What the checks saw in the dataset, two rows each.
struct FindingsPane: PaneView {
    let sheet: Browse.Sheet?
    let isFocused: Bool
    let look: Look

    static let rowsEach = 2

    var title: String { look.say("Findings", "检查结果") }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        guard let sheet else { return }
        switch sheet.inspection {
        case .running:
            let share = sheet.checked > 0 ? " " + Figures.percent(sheet.checked) : ""
            say(look.say("checking …", "正在检查…") + share, .muted, in: area, on: &surface)
            Gauge(sheet.checked, style: look[.accent], trackStyle: look[.border])
                .draw(in: area.row(1).inset(left: 1, right: 1), on: &surface)
        case .failed(let why): say(why.text(in: look.language), .error, in: area, on: &surface)
        case .done(let findings) where findings.isEmpty:
            say(look.say("✓ nothing to mend", "✓ 没有需要修补的地方"), .good, in: area, on: &surface)
        case .done(let findings): draw(findings, sheet.findings, in: area, on: &surface)
        }
    }

    // MARK: -

    private func say(_ text: String, _ role: Role, in area: Rect, on surface: inout Surface) {
        surface.writeWrapped(text, in: area.inset(left: 1, right: 1), style: look[role])
    }

    private func draw(_ findings: [Finding], _ list: ListState, in area: Rect, on surface: inout Surface) {
        let visible = list.window(rows: max(1, area.height / Self.rowsEach))
        for (place, index) in visible.enumerated() {
            let finding = findings[index]
            let row = place * Self.rowsEach
            let rect = Rect(x: area.x, y: area.y + row, width: area.width, height: min(2, area.height - row))
            let (glyph, role) = mark(finding.severity)
            surface.write(glyph, in: rect.inset(left: 1), style: look[role])
            surface.writeWrapped(look.say(finding.summary), in: rect.inset(left: 3), style: look[.text])
            if isFocused, index == list.cursor {
                let cursor = look.cursor(focused: true)
                surface.restyle(rect) {
                    $0.background = cursor.background
                    $0.attributes.formUnion(cursor.attributes)
                }
            }
        }
    }

    private func mark(_ severity: Finding.Severity) -> (String, Role) {
        switch severity {
        case .good: ("✓", .good)
        case .note: ("○", .muted)
        case .warning: ("!", .warning)
        case .error: ("✗", .error)
        }
    }
}

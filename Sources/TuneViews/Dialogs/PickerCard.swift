import TuneCanvas
import TuneControl
import TuneModel

/// Chooses the model to ask, or those to compare.
struct PickerCard: DialogCard {
    let picker: ModelPicker
    let models: Models.State
    let look: Look

    static func rows(in area: Rect, count: Int) -> Int { max(1, min(count, area.height - 4)) }

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let rows = Self.rows(in: area, count: picker.names.count)
        let inner = card(
            title, trailing: trailing, width: 76, height: rows + 2, in: area, look: look, on: &surface)
        let list = picker.list
        Rows(
            count: picker.names.count, top: list.window(rows: rows).lowerBound, cursor: list.selected,
            cursorStyle: look.cursor(focused: true), style: look[.background], markStyle: look[.border]
        ) { index, place, surface in
            let name = picker.names[index]
            let kind = kind(of: name)
            surface.write(index == list.cursor ? "▸ " : "  ", in: place, style: look[.accent])
            var room = place.inset(left: 2, right: surface.measure.columns(of: kind) + 3)
            if let marked = picker.marked {
                let number = marked.firstIndex(of: name).map { "\($0 + 1) " } ?? "· "
                room = room.inset(left: surface.write(number, in: room, style: look[.accent]))
            }
            surface.write(name, in: room, style: look[.text])
            surface.write(kind, in: place.inset(right: 1), style: look[.muted], alignment: .right)
        }.draw(in: inner, on: &surface)
        return nil
    }

    // MARK: -

    private var title: String {
        picker.marked == nil ? look.say("Which model?", "选择模型") : look.say("Which models?", "选择要对比的模型")
    }

    private func kind(of name: String) -> String {
        guard let card = models.cards.first(where: { $0.name == name }) else { return "" }
        let kind = if case .base = card.kind { look.say("base", "基础") } else { look.say("tuned", "微调") }
        let ends = card.shutdownDate.map {
            look.say("ends \(Figures.day($0, zone: look.zone))", "\(Figures.day($0, zone: look.zone)) 停用")
        }
        return [card.owner, ends, kind].compactMap(\.self).joined(separator: " · ")
    }

    private var trailing: String {
        guard let marked = picker.marked else { return "" }
        return picker.canCompare
            ? look.say("\(marked.count) of at most 4", "\(marked.count) 个，最多 4 个")
            : look.say("mark two to four with space", "用空格键标记两到四个")
    }
}

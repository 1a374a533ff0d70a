import TuneCanvas
import TuneControl
import TuneModel

/// The form that starts a job, with what the job would cost.
struct LaunchCard: DialogCard {
    let launch: Launch.State
    let fetch: Models.Fetch?
    let look: Look

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let hasAir = area.height >= 21
        let fields = launch.fields
        var inner = card(
            look.say("Train a model", "训练模型"), width: 84, height: fields.count + (hasAir ? 8 : 6), in: area, look: look,
            on: &surface)
        if hasAir { _ = inner.takeTop(1) }
        var caret: Point?
        for (index, field) in fields.enumerated() {
            let row = inner.takeTop(1)
            let found = draw(field, isActive: index == launch.active, in: row, on: &surface)
            if index == launch.active { caret = found }
        }
        _ = inner.takeTop(1)
        drawCost(in: inner, on: &surface)
        return caret
    }

    // MARK: -

    private func draw(_ field: Launch.Field, isActive: Bool, in row: Rect, on surface: inout Surface) -> Point? {
        let words = LaunchWords(field.name)
        surface.write(isActive ? "▸" : " ", in: row, style: look[.accent])
        surface.write(look.say(words.caption), in: row.inset(left: 2), style: look[isActive ? .strong : .muted])
        let place = Rect(x: row.x + 18, y: row.y, width: words.isShort ? 20 : row.width - 18, height: 1)
        if isActive { surface.fill(place, style: look[.field]) }
        let style = look[isActive ? .field : .text]
        // A path is told apart by its end, so that end is shown while it is not being edited.
        if isActive || !field.name.isPath {
            let box = field.buffer.box(
                style: style, isActive: isActive, placeholder: look.say(words.blank),
                placeholderStyle: look[.muted].on(style.background))
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
        if case .failure(let fault) = launch.request, fault.field == field.name {
            surface.write("✗ " + look.say(fault.text), in: room, style: look[.error])
        } else {
            surface.write(look.say(words.hint), in: room, style: look[.muted])
        }
    }

    private func drawCost(in area: Rect, on surface: inout Surface) {
        if fetch != nil || launch.missingBase != nil {
            FetchView(fetch: fetch, missing: launch.missingBase, key: "⏎", look: look).draw(in: area, on: &surface)
            return
        }
        if launch.isStarting {
            surface.write(look.say("starting …", "正在启动…"), in: area, style: look[.accent])
            return
        }
        switch launch.estimation {
        case .running: surface.write(look.say("reckoning what it costs …", "正在估算…"), in: area, style: look[.muted])
        case .failed(let why): surface.writeWrapped("✗ " + look.say(why.what), in: area, style: look[.error])
        case .done(let estimate): drawCost(estimate, in: area, on: &surface)
        }
    }

    /// What is done, and below it what that takes.
    private func drawCost(_ estimate: LaunchEstimate, in area: Rect, on surface: inout Surface) {
        let (steps, examples) = (Figures.count(estimate.steps), Figures.count(estimate.examples))
        var work = [look.say("\(steps) steps over \(examples) examples", "\(examples) 个样本，共 \(steps) 步")]
        if let tokens = estimate.trainedTokens {
            work.append(look.say("≈ \(Figures.short(tokens)) trained tokens", "≈ \(Figures.short(tokens)) 个训练词元"))
        }
        var cost = estimate.seconds.map { [look.say(Figures.roughly($0))] } ?? []
        if let memory = estimate.memoryMB {
            cost.append(look.say("≈ \(Figures.memory(memory)) of memory", "≈ \(Figures.memory(memory)) 内存"))
        }
        surface.write(work.joined(separator: " · "), in: area.row(0), style: look[.text])
        surface.write(cost.joined(separator: " · "), in: area.row(1), style: look[.strong])
    }
}

/// What the fields of the form are called.
struct LaunchWords {
    let caption: Wording
    /// Said in an empty field.
    let blank: Wording
    /// Said beside a short field.
    let hint: Wording
    let isShort: Bool

    init(_ name: Launch.Field.Name) {
        switch name {
        case .base: self.init(Wording("base model", "基础模型"), isShort: false)
        case .training: self.init(Wording("training file", "训练文件"), isShort: false)
        case .validation: self.init(Wording("validation file", "验证文件"), blank: Wording("none", "无"), isShort: false)
        case .suffix: self.init(Wording("name", "名称"), blank: Wording("from the file", "取自文件名"), isShort: false)
        case .steps:
            self.init(
                Wording("steps, at most", "最多步数"), blank: Wording("all", "全部"),
                hint: Wording("200 for a first try, nothing for all", "首次尝试 200 步，留空为全部"))
        case .epochs:
            self.init(Wording("epochs", "遍数"), hint: Wording("passes over the data", "遍历数据的次数"))
        case .batch:
            self.init(
                Wording("batch size", "批大小"), blank: Wording("by the data", "按数据量"),
                hint: Wording("examples in one step", "每步的样本数"))
        case .learningRate:
            self.init(Wording("learning rate", "学习率"), hint: Wording("smaller is slower and steadier", "越小越慢也越稳"))
        case .rank:
            self.init(Wording("LoRA rank", "LoRA 秩"), hint: Wording("how much can be learned", "可学习的容量"))
        case .seed:
            self.init(Wording("seed", "随机种子"), hint: Wording("the same seed gives the same model", "种子相同，模型相同"))
        }
    }

    private init(
        _ caption: Wording, blank: Wording = Wording("by default", "默认"), hint: Wording = Wording("", ""),
        isShort: Bool = true
    ) {
        self.caption = caption
        self.blank = blank
        self.hint = hint
        self.isShort = isShort
    }
}

extension Launch.Field.Name {
    var isPath: Bool { self == .training || self == .validation }
}

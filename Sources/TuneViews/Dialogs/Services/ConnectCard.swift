import TuneCanvas
import TuneControl
import TuneModel

/// The form that configures a service.
struct ConnectCard: DialogCard {
    let form: Connect.State
    let look: Look

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let rows = form.rows
        var inner = card(
            look.say("Connect a service", "连接服务"), width: 84, height: Connect.Row.allCases.count + 6, in: area,
            look: look,
            on: &surface)
        _ = inner.takeTop(1)
        var list = inner.takeTop(Connect.Row.allCases.count)
        var caret: Point?
        for (index, row) in rows.enumerated() {
            let found = draw(
                row, isActive: index == min(form.active, rows.count - 1), in: list.takeTop(1), on: &surface)
            caret = found ?? caret
        }
        drawState(in: inner.inset(top: 1), on: &surface)
        return caret
    }

    // MARK: -

    private func draw(_ row: Connect.Row, isActive: Bool, in place: Rect, on surface: inout Surface) -> Point? {
        surface.write(isActive ? "▸" : " ", in: place, style: look[.accent])
        surface.write(caption(row), in: place.inset(left: 2), style: look[isActive ? .strong : .muted])
        let value = place.inset(left: 20)
        let buffer: TextBuffer? =
            switch row {
            case .name: form.name
            case .address: form.address
            case .value: form.value
            case .source: nil
            }
        guard let buffer else {
            let used = surface.write(source, in: value, style: look[isActive ? .strong : .text])
            let hint = look.say("Ctrl-N: another", "Ctrl-N 切换")
            surface.write(hint, in: value.inset(left: used + 3), style: look[.muted])
            return nil
        }
        if isActive { surface.fill(value, style: look[.field]) }
        let box = buffer.field(
            look, style: look[isActive ? .field : .text], isActive: isActive, placeholder: placeholder(row))
        box.draw(in: value, on: &surface)
        return isActive ? box.caretPoint(in: value, measure: surface.measure) : nil
    }

    private func drawState(in area: Rect, on surface: inout Surface) {
        if form.isAdding {
            surface.write(look.say("connecting …", "正在连接…"), in: area, style: look[.accent])
        } else if form.isTold, case .failure(let fault) = form.request {
            surface.writeWrapped("✗ " + look.say(fault.text), in: area, style: look[.error])
        } else {
            let text = look.say(
                "The key itself is never written down: only where it is found, in config.toml.",
                "密钥本身从不保存：config.toml 中只记录它的存放位置。")
            surface.writeWrapped(text, in: area, style: look[.muted])
        }
    }

    private func caption(_ row: Connect.Row) -> String {
        switch row {
        case .name: look.say("name", "名称")
        case .address: look.say("address", "地址")
        case .source: look.say("key from", "密钥来源")
        case .value:
            switch form.source {
            case .environment: look.say("variable", "环境变量")
            case .file: look.say("path", "路径")
            case .command: look.say("command", "命令")
            case .none: ""
            }
        }
    }

    private var source: String {
        switch form.source {
        case .environment: look.say("an environment variable", "环境变量")
        case .file: look.say("a file", "文件")
        case .command: look.say("a command that prints it", "输出密钥的命令")
        case .none: look.say("no key", "无需密钥")
        }
    }

    private func placeholder(_ row: Connect.Row) -> String {
        switch row {
        case .name: look.say("a short name: office", "简短的名称：office")
        case .address: "https://api.openai.com/v1"
        case .source: ""
        case .value:
            switch form.source {
            case .environment: "OPENAI_API_KEY"
            case .file: "~/.keys/openai"
            case .command: "pass show openai"
            case .none: ""
            }
        }
    }
}

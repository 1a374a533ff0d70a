import TuneCanvas
import TuneControl

/// What there is to do when nothing is open yet.
struct WelcomePane: PaneView {
    /// Until it is known what was open last time, nothing is offered that would vanish at once.
    let isReady: Bool
    let opening: String?
    let look: Look

    var title: String { look.say("Welcome", "欢迎") }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        if let opening {
            let name = opening.split(separator: "/").last.map(String.init) ?? opening
            let text = look.say("Opening \(name) …", "正在打开 \(name)…")
            surface.write(text, in: area.inset(by: 1), style: look[.muted])
            return
        }
        guard isReady else { return }
        let lead = look.say(
            "Turn questions and answers into a language model of your own, on this computer.",
            "用问答数据在这台电脑上训练属于你自己的语言模型。")
        let offers = self.offers
        let width = min(76, area.width - 4)
        let block = area.centered(Size(width: width, height: offers.count * 3 + 5))
        surface.write("TuneDeck", in: block.row(0), style: look[.accent])
        var rest = block.inset(top: 1)
        _ = rest.takeTop(surface.writeWrapped(lead, in: rest, style: look[.text]) + 1)
        for offer in offers {
            surface.write(offer.key, in: rest.row(0), style: look[.key])
            surface.write(offer.title, in: rest.row(0).inset(left: 3), style: look[.strong])
            surface.write(offer.text, in: rest.row(1).inset(left: 3), style: look[.muted])
            _ = rest.takeTop(3)
        }
        let steps = look.say("Then: p prepare → t train → 4 ask the new model", "然后：p 整理 → t 训练 → 4 向新模型提问")
        surface.write(steps, in: rest.row(0), style: look[.muted])
    }

    private var offers: [(key: String, title: String, text: String)] {
        [
            (
                "s", look.say("Open the sample", "打开示例"),
                look.say("The Jargon File: what 2,307 words of hacker slang mean", "黑客行话词典：2,307 个词条的问答")
            ),
            (
                "o", look.say("Open a file of yours", "打开自己的文件"),
                look.say(
                    "JSONL with prompt and completion, or with messages, on each line",
                    "JSONL 文件，每行是 prompt 和 completion，或 messages")
            ),
            (
                "c", look.say("Connect a service", "连接服务"),
                look.say(
                    "An OpenAI-compatible one, for files, jobs and models that are elsewhere",
                    "兼容 OpenAI 的服务，用于远端的文件、任务和模型")
            ),
        ]
    }
}

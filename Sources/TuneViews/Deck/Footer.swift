import TuneCanvas
import TuneControl
import TuneData
import TuneModel

/// The last row: what can be done now, from the same table that the keys are read by, and where one stands.
struct Footer: Drawable {
    let state: Deck.State
    let keys: KeyTable
    let look: Look

    /// As many as can be taken in at a glance.
    static let most = 8

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        if let search { return drawSearch(search, in: area, on: &surface) }
        let place = self.place
        let placeColumns = surface.measure.columns(of: place)
        surface.write(place, in: area.inset(right: 1), style: look[.muted], alignment: .right)
        var x = area.x + 1
        let end = area.endX - 2 - placeColumns
        let help = offers.last
        let helpColumns = help.map { columns(of: $0, surface.measure) + 2 } ?? 0
        for (index, offer) in offers.enumerated() {
            let isLast = index == offers.count - 1
            // Help keeps its place, whatever else must go.
            guard x + columns(of: offer, surface.measure) + (isLast ? 0 : helpColumns) <= end else { continue }
            x += surface.write(offer.key, at: Point(x: x, y: area.y), style: look[.key]) + 1
            x += surface.write(offer.label, at: Point(x: x, y: area.y), style: look[.muted]) + 2
        }
    }

    /// The caret of the search field, which stands here while it is typed into.
    func caret(in area: Rect, measure: GlyphWidth) -> Point? {
        guard let search else { return nil }
        return searchBox(search).caretPoint(in: searchArea(area, measure), measure: measure)
    }

    /// Keys and what they do, in the order of the table; help comes last.
    var offers: [(key: String, label: String)] {
        var seen = Set<Command>()
        let bindings = state.scopes.flatMap { keys.bindings(in: $0) }.filter { binding in
            binding.isInFooter && state.allows(binding.command) && seen.insert(binding.command).inserted
        }
        let shown = bindings.count > Self.most ? bindings.prefix(Self.most - 1) + bindings.suffix(1) : bindings[...]
        return shown.map { ($0.label, label($0.command)) }
    }

    // MARK: -

    /// A few words depend on what they would do now.
    private func label(_ command: Command) -> String {
        switch command {
        case .pauseJob:
            state.jobs.selected?.status == .paused ? look.say("resume", "继续") : look.say("pause", "暂停")
        case .back where state.scopes.first == .prompt && state.ask.writing != .question: look.say("leave", "放弃")
        case .back where state.scopes.first == .prompt: look.say("commands", "命令")
        case .back where state.scopes.first == .prepare: look.say("leave", "离开")
        case .ask where state.scopes.first == .prompt && state.ask.writing == .system: look.say("keep", "保存")
        case .back where state.scopes.first == .comparePrompt: look.say("commands", "命令")
        case .accept where state.scopes.first == .history: look.say("open", "打开")
        case .accept where state.scopes.first == .historySearch: look.say("to the list", "到列表")
        case .stopAnswer where state.tab == .compare: look.say("stop this one", "停止这个")
        case .zoomFollow where state.jobs.isZoomed: look.say("list", "列表")
        case .chartAlone where state.charts.isAlone: look.say("all charts", "全部图表")
        case .chartAlone: look.say("this chart", "单看此图")
        case .accept where state.scopes.first == .launch || state.scopes.first == .departure: launchLabel
        case .accept where state.scopes.first == .services: look.say("choose", "选择")
        case .accept where state.scopes.first == .connect: look.say("connect", "连接")
        case .connectService where state.scopes.first == .services: look.say("connect a new one", "连接新服务")
        case .toggle where state.scopes.first == .departure: look.say("answer", "作答")
        case .accept where state.scopes.first == .evaluationForm: look.say("start", "开始")
        case .evaluate where state.dialogs.last == .evaluations: look.say("new", "新建")
        case .evaluationClasses where state.evaluations.opened?.showsClasses == true: look.say("record", "记录")
        case .accept where state.scopes.first == .comparison: look.say("show the job", "查看任务")
        case .sortByLoss where state.browse.current?.view.order.key == .loss: look.say("file order", "文件顺序")
        case .accept where state.scopes.first == .line: lineLabel
        case .accept where state.scopes.first == .bulk: look.say("do it", "执行")
        case .moreSettings where isLaunchWhole: look.say("fewer settings", "收起设置")
        case .accept where state.scopes.first == .search: look.say("find", "查找")
        default: look.say(command.label)
        }
    }

    private var lineLabel: String {
        guard case .line(let prompt) = state.dialogs.last else { return "" }
        return switch prompt.purpose {
        case .filter: look.say("filter", "筛选")
        case .jump: look.say("go there", "跳转")
        case .tag: look.say("tag", "加标签")
        case .saveAs: look.say("save", "保存")
        case .evaluationFilter: look.say("filter", "筛选")
        case .report, .chart: look.say("write", "写出")
        case .saveFile: look.say("save", "保存")
        }
    }

    private var isLaunchWhole: Bool {
        if case .launch(let launch) = state.dialogs.last { launch.showsMore } else { false }
    }

    private var launchLabel: String {
        guard case .launch(let launch) = state.dialogs.last else { return look.say(Command.accept.label) }
        return launch.missingBase == nil ? look.say("start", "启动") : look.say("fetch the base", "获取基础模型")
    }

    private func columns(of offer: (key: String, label: String), _ measure: GlyphWidth) -> Int {
        measure.columns(of: offer.key) + 1 + measure.columns(of: offer.label)
    }

    private var place: String {
        guard state.dialogs.isEmpty else { return "" }
        switch state.tab {
        case .data:
            if let opening = state.browse.opening {
                let name = opening.split(separator: "/").last.map(String.init) ?? opening
                return look.say("opening \(name) …", "正在打开 \(name)…")
            }
            guard let sheet = state.browse.current, sheet.list.selected != nil else { return "" }
            if sheet.search.isRunning { return look.say("searching …", "正在搜索…") }
            if sheet.search.isMissing {
                return look.say("“\(sheet.search.needle.text)” is nowhere", "找不到“\(sheet.search.needle.text)”")
            }
            if let problem = sheet.search.problem { return look.say(Explanation(of: problem).what) }
            let (here, all) = (Figures.count(sheet.row + 1), Figures.count(sheet.facts.records))
            return look.say("row \(here) of \(all)", "第 \(here) 行，共 \(all) 行")
        case .prepare, .ask: return ""
        case .compare:
            let votes = state.compare.votes.count
            return votes == 0 ? "" : look.say("\(votes) \(votes == 1 ? "vote" : "votes")", "\(votes) 票")
        case .jobs:
            let all = state.jobs.jobs.count
            return all == 0 ? "" : look.say("\(all) \(all == 1 ? "job" : "jobs")", "\(all) 个任务")
        case .files:
            let all = state.files.files.count
            return all == 0 ? "" : look.say("\(all) \(all == 1 ? "file" : "files")", "\(all) 个文件")
        case .models:
            let all = state.models.cards.count
            return all == 0 ? "" : look.say("\(all) \(all == 1 ? "model" : "models")", "\(all) 个模型")
        }
    }

    // MARK: - Search

    private var search: Browse.Search? {
        guard state.tab == .data, state.dialogs.isEmpty, let search = state.browse.current?.search, search.isTyping
        else { return nil }
        return search
    }

    private var searchCaption: String { look.say("find in records: ", "在记录中查找：") }

    private func searchArea(_ area: Rect, _ measure: GlyphWidth) -> Rect {
        area.inset(left: 1 + measure.columns(of: searchCaption), right: 16)
    }

    private func searchBox(_ search: Browse.Search) -> TextField {
        search.needle.field(look, style: look[.field], isActive: true)
    }

    private func drawSearch(_ search: Browse.Search, in area: Rect, on surface: inout Surface) {
        surface.write(searchCaption, in: area.inset(left: 1), style: look[.accent])
        searchBox(search).draw(in: searchArea(area, surface.measure), on: &surface)
        let state =
            search.isMissing && !search.needle.isEmpty
            ? look.say("nowhere", "找不到") : search.isRunning ? look.say("searching …", "正在搜索…") : ""
        surface.write(state, in: area.inset(right: 1), style: look[.muted], alignment: .right)
    }
}

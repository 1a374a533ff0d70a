import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// The files of the current service, or of the workspace: what each is called and for, how large, how old, and how it is.
struct FilesPane: PaneView {
    let files: Files.State
    /// The dataset that would be uploaded.
    let dataset: DatasetFacts?
    let look: Look
    let now: Date

    var title: String {
        files.service.map { look.say("Files at \($0)", "\($0) 的文件") } ?? look.say("Files of the workspace", "工作区的文件")
    }

    var trailing: String {
        guard !files.files.isEmpty else { return "" }
        let count = files.files.count
        let bytes = Figures.bytes(files.files.reduce(0) { $0 + $1.bytes })
        return look.say("\(count) \(count == 1 ? "file" : "files") · \(bytes)", "\(count) 个文件 · \(bytes)")
    }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        var rest = area
        if files.upload != nil { drawUpload(in: rest.takeBottom(3).inset(left: 1, right: 1), on: &surface) }
        if let file = files.selected { drawDetail(file, in: rest.takeBottom(min(3, rest.height / 3)), on: &surface) }
        guard files.files.isEmpty else { return grid(in: rest).draw(in: rest, on: &surface) }
        let inside = rest.inset(by: 1)
        switch files.phase {
        case .unread, .reading:
            let whose = files.service?.text ?? look.say("the workspace", "工作区")
            surface.write(
                look.say("Reading the files of \(whose) …", "正在读取 \(whose) 的文件…"), in: inside, style: look[.muted])
        case .failed(let why): draw(why, in: inside, on: &surface)
        case .read: surface.writeWrapped(empty, in: inside, style: look[.muted])
        }
    }

    // MARK: -

    private var empty: String {
        let lead =
            files.service.map { look.say("\($0) keeps no files yet. ", "\($0) 上还没有文件。") }
            ?? look.say(
                "The workspace keeps no uploaded files yet. ", "工作区里还没有上传的文件。")
        if let dataset { return lead + look.say("u uploads \(dataset.name).", "按 u 上传 \(dataset.name)。") }
        return lead
            + look.say("Open a dataset in 1; u then uploads it.", "在第 1 页打开数据集，然后按 u 上传。")
    }

    /// What happened, why, and what to do, where the files would stand.
    private func draw(_ why: Explanation, in area: Rect, on surface: inout Surface) {
        var rest = area
        _ = rest.takeTop(surface.writeWrapped("✗ " + look.say(why.what), in: rest, style: look[.error]) + 1)
        _ = rest.takeTop(surface.writeWrapped(look.say(why.next), in: rest, style: look[.text]) + 1)
        surface.write(look.say("r tries again.", "按 r 重试。"), in: rest, style: look[.muted])
    }

    private func grid(in area: Rect) -> Grid {
        let list = files.list
        let isWide = area.width >= DeckLayout.wide - 2
        var columns = [
            Grid.Column("", width: .fixed(1)),
            Grid.Column(look.say("name", "名称"), width: .flexible(weight: 3, minimum: 16)),
            Grid.Column(look.say("size", "大小"), width: .fixed(9), alignment: .right),
            Grid.Column(look.say("purpose", "用途"), width: .fixed(isWide ? 20 : 13)),
            Grid.Column(look.say("age", "时间"), width: .fixed(8), alignment: .right),
            Grid.Column(look.say("status", "状态"), width: .fixed(10)),
        ]
        if isWide { columns.insert(Grid.Column("id", width: .flexible(weight: 2, minimum: 12)), at: 2) }
        return Grid(
            columns: columns, count: files.files.count, top: list.window(rows: area.height - 1).lowerBound,
            cursor: list.selected, cursorStyle: look.cursor(focused: true), headerStyle: look[.muted],
            style: look[.background], markStyle: look[.border], gap: 2
        ) { index in
            let file = files.files[index]
            let isFaulty = file.fault != nil
            var items = [
                Grid.Item(index == list.cursor ? "▸" : "", look[.accent]),
                Grid.Item(file.filename, look[.text]),
                Grid.Item(Figures.bytes(file.bytes), look[.text]),
                Grid.Item(purpose(file), look[.muted]),
                Grid.Item(look.say(Figures.age(file.createdAt, now: now)), look[.muted]),
                Grid.Item(
                    isFaulty ? look.say("✗ faulty", "✗ 有误") : look.say("✓ ready", "✓ 可用"),
                    look[isFaulty ? .error : .good]),
            ]
            if isWide { items.insert(Grid.Item(file.id.text, look[.muted]), at: 2) }
            return items
        }
    }

    /// What it is for; a purpose that is not known is shown as it was told.
    private func purpose(_ file: StoredFile) -> String {
        switch file.purpose {
        case "fine-tune": look.say("training", "训练")
        case "fine-tune-results": look.say("results", "结果")
        default: file.purpose
        }
    }

    /// The whole name, since a list may cut it, and why a file cannot be used.
    private func drawDetail(_ file: StoredFile, in area: Rect, on surface: inout Surface) {
        let place = area.inset(left: 1, top: 1, right: 1)
        if let fault = file.fault {
            surface.writeWrapped("✗ " + fault.text(in: look.language), in: place, style: look[.error])
            return
        }
        surface.write(file.filename, in: place.row(0), style: look[.text])
        let made = Figures.time(file.createdAt, now: now, zone: look.zone)
        let bytes = Figures.count(Int(file.bytes))
        surface.write(
            look.say("\(file.id) · \(bytes) bytes · made \(made)", "\(file.id) · \(bytes) 字节 · 建于 \(made)"),
            in: place.row(1),
            style: look[.muted])
    }

    private func drawUpload(in area: Rect, on surface: inout Surface) {
        guard let upload = files.upload else { return }
        let whither = upload.service?.text ?? look.say("the workspace", "工作区")
        var parts = [look.say("Uploading \(upload.name) to \(whither)", "正在上传 \(upload.name) 到 \(whither)")]
        if let progress = upload.progress {
            let done = Figures.bytes(progress.done)
            parts.append(
                progress.total.map { look.say("\(done) of \(Figures.bytes($0))", "\(done) / \(Figures.bytes($0))") }
                    ?? done)
        }
        surface.write(parts.joined(separator: " · "), in: area.row(0), style: look[.text])
        Gauge(upload.progress?.share, style: look[.accent], trackStyle: look[.border])
            .draw(in: area.row(1).inset(right: 7), on: &surface)
        if let share = upload.progress?.share {
            surface.write(Figures.percent(share), in: area.row(1), style: look[.muted], alignment: .right)
        }
    }
}

extension TransferProgress {
    /// 0 to 1; nil while the whole is unknown.
    var share: Double? {
        guard let total, total > 0 else { return nil }
        return min(1, Double(done) / Double(total))
    }
}

extension Figures {
    /// How long ago, to one unit: `5 min`, `3 h`, `12 d`.
    static func age(_ date: Date, now: Date) -> Wording {
        let seconds = now.timeIntervalSince(date)
        return switch seconds {
        case ..<60: Wording("now", "刚刚")
        case ..<3600: Wording("\(Int(seconds / 60)) min", "\(Int(seconds / 60)) 分钟")
        case ..<86_400: Wording("\(Int(seconds / 3600)) h", "\(Int(seconds / 3600)) 小时")
        default: Wording("\(Int(min(seconds / 86_400, 99_999))) d", "\(Int(min(seconds / 86_400, 99_999))) 天")
        }
    }
}

public import TuneData
public import TuneModel

extension Deck {
    /// The commands on records: which are shown, which are chosen, and what is done to them.
    static func performOnRecords(_ command: Command, rows: Int, in state: inout State) -> [Effect] {
        guard let sheet = state.browse.current else { return [] }
        switch command {
        case .sort: state.dialogs.append(.choice(.orders(sheet)))
        case .filter:
            let hints = RowFilter.words.map { LinePrompt.Hint($0.name, $0.meaning) }
            state.dialogs.append(.line(LinePrompt.State(.filter, text: sheet.view.filter.text, hints: hints)))
        case .jump: state.dialogs.append(.line(LinePrompt.State(.jump)))
        case .tag:
            let hints = sheet.facts.edits.tags.sorted { $0.key < $1.key }.map { tag, count in
                LinePrompt.Hint(tag, Wording("\(count.grouped) records", "\(count.grouped) 条记录"))
            }
            state.dialogs.append(.line(LinePrompt.State(.tag, hints: hints)))
        case .saveAs:
            state.dialogs.append(.line(LinePrompt.State(.saveAs, text: sheet.otherName)))
        case .mark: return Browse.update(&state.browse, .mark(.toggled(rows: rows)))
        case .markTo: return Browse.update(&state.browse, .mark(.reached))
        case .markAll: return Browse.update(&state.browse, .mark(.all))
        case .invertMarks: return Browse.update(&state.browse, .mark(.inverted))
        case .clearMarks: return Browse.update(&state.browse, .mark(.cleared))
        case .deleteRecords: return Browse.update(&state.browse, .edit(.asked(.remove(sheet.chosen))))
        case .duplicateRecords: return Browse.update(&state.browse, .edit(.asked(.duplicate(sheet.chosen))))
        case .bulk: state.dialogs.append(.choice(.changes(of: sheet)))
        case .undoEdit: return Browse.update(&state.browse, .edit(.undone))
        case .redoEdit: return Browse.update(&state.browse, .edit(.redone))
        case .saveDataset:
            guard sheet.facts.isEditable else { return performOnRecords(.saveAs, rows: rows, in: &state) }
            return Browse.update(&state.browse, .edit(.saveAsked(.ifUnchanged)))
        case .statistics:
            state.dialogs.append(.statistics(Statistics.State(path: sheet.facts.path)))
            return [.loadStatistics(path: sheet.facts.path)]
        case .cancelWork:
            var effects: [Effect] = []
            if sheet.view.progress != nil {
                effects += Browse.update(&state.browse, .view(.reset))
            }
            if sheet.search.isRunning { effects += Browse.update(&state.browse, .search(.closed)) }
            return effects.isEmpty ? Browse.update(&state.browse, .checkCancelled) : effects
        default: break
        }
        return []
    }

    /// What a line that was typed leads to; the dialog stays when it cannot be used.
    static func accept(_ prompt: LinePrompt.State, in state: inout State) -> [Effect] {
        let text = prompt.line.text.trimmed
        if let effects = acceptOnEvaluation(prompt.purpose, text, in: &state) { return effects }
        if prompt.purpose == .chart { return exportChart(to: text, in: &state) }
        if let effects = acceptOnFiles(prompt.purpose, text, in: &state) { return effects }
        guard let sheet = state.browse.current else { return [] }
        switch prompt.purpose {
        case .evaluationFilter, .report, .saveFile, .chart: break
        case .filter:
            do throws(FilterProblem) {
                let filter = try RowFilter(text)
                state.dialogs.removeLast()
                return Browse.update(&state.browse, .view(.filtered(filter)))
            } catch {
                state.changeLine { $0.problem = Explanation(of: error) }
            }
        case .jump:
            guard let number = Int(text.filter { $0 != "," && $0 != " " }), number > 0,
                number <= sheet.facts.records
            else {
                let most = sheet.facts.records.grouped
                state.changeLine {
                    $0.problem = Explanation(
                        Wording("There is no such row.", "没有这一行。"),
                        next: Wording("Type a number from 1 to \(most).", "请输入 1 到 \(most) 之间的数字。"))
                }
                return []
            }
            guard sheet.place(of: number - 1) != nil else {
                state.changeLine {
                    $0.problem = Explanation(
                        Wording("The filter leaves row \(number) out.", "第 \(number) 行被筛选条件排除了。"),
                        next: Wording("Esc in the table takes the filter off.", "在表格中按 Esc 可取消筛选。"))
                }
                return []
            }
            state.dialogs.removeLast()
            return Browse.update(&state.browse, .jumped(row: number - 1))
        case .tag:
            guard !text.isEmpty, !text.contains(where: \.isWhitespace) else {
                state.changeLine {
                    $0.problem = Explanation(
                        Wording("A tag is one word.", "标签是一个不含空格的词。"),
                        next: Wording("Put a hyphen in place of the space.", "请用连字符代替空格。"))
                }
                return []
            }
            state.dialogs.removeLast()
            // Rows that all have it are freed of it.
            let isOn = !(sheet.marks.isEmpty && sheet.selected?.tags.contains(text) == true)
            return Browse.update(&state.browse, .edit(.asked(.tag(sheet.chosen, text, isOn))))
        case .saveAs:
            guard !text.isEmpty else { return [] }
            state.dialogs.removeLast()
            let path = FileNames.absolute(text)
            return Browse.update(&state.browse, .edit(.saveAsked(.copy(to: path))))
        }
        return []
    }

    /// What a choice leads to.
    static func carryOut(_ pick: Choice.Pick, in state: inout State) -> [Effect] {
        switch pick {
        case .order(let key): return Browse.update(&state.browse, .view(.ordered(key)))
        case .bulk(let kind):
            guard let sheet = state.browse.current else { return [] }
            state.dialogs.append(.bulk(Bulk.State(kind, path: sheet.facts.path, rows: sheet.concerned)))
            return state.changeBulk { Bulk.update(&$0, .opened) }
        case .save(let manner): return Browse.update(&state.browse, .edit(.saveAsked(manner)))
        case .saveAs: return performOnRecords(.saveAs, rows: 1, in: &state)
        case .reload(let keepingEdits):
            return Browse.update(&state.browse, .edit(.reloadAsked(keepingEdits: keepingEdits)))
        case .saveFirst(let purpose):
            guard let path = state.browse.current?.facts.path else { return [] }
            state.savedFor = Deck.SavedFor(path: path, use: purpose)
            return Browse.update(&state.browse, .edit(.saveAsked(.ifUnchanged)))
        case .useAsItIs(let purpose): return use(purpose, in: &state)
        }
    }

    /// Goes on to what reads the dataset's file.
    static func use(_ purpose: Choice.FileUse, in state: inout State) -> [Effect] {
        switch purpose {
        case .training: launch(from: nil, at: state.services.current, in: &state)
        case .preparing: prepare(in: &state)
        case .uploading: upload(in: &state)
        }
    }
}

extension Browse.Sheet {
    /// Whether records can be changed now.
    public var canEdit: Bool {
        facts.isWhole && !facts.edits.isReadOnly && facts.edits.stranded == nil && editing == nil
    }

    /// The rows that a change of many concerns: those marked, else those that a filter shows, else the one under the
    /// cursor.
    var concerned: RangeSet<Int> {
        marks.isEmpty && !view.filter.isEmpty ? rows(at: 0..<list.count) : chosen
    }

    /// A name for a copy: `NAME.jsonl` where the file is of another format, else `NAME-edited.jsonl`.
    fileprivate var otherName: String {
        let folder = facts.path.dropLast(facts.name.count)
        let stem = facts.name.prefix { $0 != "." }
        return folder + stem + (facts.isEditable ? "-edited.jsonl" : ".jsonl")
    }
}

extension Choice.State {
    fileprivate static func orders(_ sheet: Browse.Sheet) -> Choice.State {
        let keys = RowOrder.Key.allCases.filter { $0 != .turns || sheet.facts.shape == .chat }
        let present = sheet.view.order
        return Choice.State(
            Wording("Sort the records by", "记录排序方式"),
            keys.map { key in
                let isPresent = key == present.key
                let detail =
                    isPresent
                    ? present.isDescending
                        ? Wording("↓ now; again for ↑", "↓ 当前；再选为 ↑") : Wording("↑ now; again for ↓", "↑ 当前；再选为 ↓")
                    : Wording(verbatim: "")
                return Choice.Item(key.title, detail, .order(key))
            }, chosen: keys.firstIndex(of: present.key) ?? 0)
    }

    fileprivate static func changes(of sheet: Browse.Sheet) -> Choice.State {
        let count = sheet.concerned.ranges.reduce(0) { $0 + $1.count }
        let what =
            !sheet.marks.isEmpty
            ? Wording("\(count.grouped) marked records", "已标记的 \(count.grouped) 条记录")
            : !sheet.view.filter.isEmpty
                ? Wording("the \(count.grouped) records that the filter shows", "筛选出的 \(count.grouped) 条记录")
                : Wording("this record", "这条记录")
        let kinds = Bulk.Kind.allCases.filter { kind in
            switch kind {
            case .role, .system: sheet.facts.shape != .completion
            case .merge: count > 1
            default: true
            }
        }
        return Choice.State(
            Wording("Change \(what.english)", "更改\(what.chinese)"),
            kinds.map { Choice.Item($0.title, $0.detail, .bulk($0)) })
    }
}

extension RowOrder.Key {
    /// What people call it.
    public var title: Wording {
        switch self {
        case .row: Wording("order of the file", "文件顺序")
        case .prompt: Wording("prompt", "提问")
        case .completion: Wording("completion", "回答")
        case .length: Wording("length", "长度")
        case .promptLength: Wording("length of the prompt", "提问长度")
        case .tokens: Wording("tokens", "词元数")
        case .trained: Wording("trained tokens", "训练词元数")
        case .turns: Wording("turns", "轮数")
        case .loss: Wording("loss of the last job", "上次任务的损失")
        case .language: Wording("language", "语言")
        }
    }
}

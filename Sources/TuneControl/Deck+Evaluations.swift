public import TuneData
public import TuneModel

extension Deck {
    /// The commands on evaluations.
    static func performOnEvaluations(_ command: Command, in state: inout State) -> [Effect] {
        switch command {
        case .showEvaluations:
            state.dialogs.append(.evaluations)
            return [.loadEvaluations]
        case .evaluate: return openForm(in: &state)
        case .openEvaluation: return Evaluations.update(&state.evaluations, .openAsked)
        case .deleteEvaluation:
            guard let card = state.evaluations.selected else { return [] }
            state.dialogs.append(.confirm(.delete(card)))
        case .cancelEvaluation: return Evaluations.update(&state.evaluations, .cancelAsked)
        case .sortEvaluation: return Evaluations.update(&state.evaluations, .opened(.sorted))
        case .evaluationModel: return Evaluations.update(&state.evaluations, .opened(.modelChanged))
        case .evaluationClasses: return Evaluations.update(&state.evaluations, .opened(.classesToggled))
        case .evaluationFilter:
            let text = state.evaluations.opened?.filter ?? ""
            state.dialogs.append(.line(LinePrompt.State(.evaluationFilter, text: text)))
        case .exportEvaluation:
            guard let report = state.evaluations.opened?.report else { return [] }
            let stem = ModelCard.slug(ModelCard.stem(of: report.name))
            state.dialogs.append(.line(LinePrompt.State(.report, text: "evaluation-\(stem).html", hints: reportHints)))
        case .editEvaluated: return find(answer: nil, in: state)
        case .takeAnswer:
            guard let opened = state.evaluations.opened, let record = opened.selected else { return [] }
            return find(answer: opened.report.models[opened.chosenModel].outcomes[record].answer?.text, in: state)
        case .toggle where state.dialogs.last?.isSwitched == true:
            return state.changeConnect { Connect.update(&$0, .toggled) }
                + state.changeLaunch { Launch.update(&$0, .answered) }
        case .toggle: return state.changeEvaluationForm { EvaluationForm.update(&$0, .toggled) }
        default: break
        }
        return []
    }

    static func absorb(_ action: Evaluations.Action, in state: inout State) -> [Effect] {
        let effects = Evaluations.update(&state.evaluations, action)
        switch action {
        case .arrived:
            // A person who has left the list meanwhile is not called back.
            if state.dialogs.last == .evaluations { state.dialogs.append(.evaluation) }
        case .ended(.some, _):
            if state.dialogs.last == .evaluations { state.dialogs.append(.evaluation) }
        case .recordFound(let path, let row, let record, let answer):
            guard state.dialogs.last == .evaluation else { break }
            if let answer {
                let corrected = record.answered(with: answer)
                let target = Editor.Target.append(paths: [path], chosen: 0)
                var editor = Editor.State(corrected, target: target, original: nil)
                editor.active = editor.fields.count - 1
                state.dialogs.append(.editor(editor))
            } else {
                let target = Editor.Target.replace(path: path, row: row)
                state.dialogs.append(.editor(Editor.State(record, target: target, original: record)))
            }
        default: break
        }
        return effects
    }

    /// The form is filled in; starting it shows the list, in which its progress stands.
    static func startEvaluation(in state: inout State) -> [Effect] {
        guard case .evaluationForm(let form) = state.dialogs.last else { return [] }
        let effects = state.changeEvaluationForm { EvaluationForm.update(&$0, .startAsked) }
        guard case .success(let request) = form.request, state.evaluations.running == nil else { return effects }
        state.dialogs.removeLast()
        if state.dialogs.last != .evaluations { state.dialogs.append(.evaluations) }
        return [.stop(.estimating), .loadEvaluations] + Evaluations.update(&state.evaluations, .started(request))
    }

    /// What a line that was typed about an evaluation leads to; nil when it is about something else.
    static func acceptOnEvaluation(
        _ purpose: LinePrompt.Purpose, _ text: String, in state: inout State
    ) -> [Effect]? {
        switch purpose {
        case .evaluationFilter:
            state.dialogs.removeLast()
            return Evaluations.update(&state.evaluations, .opened(.filtered(text)))
        case .report:
            guard let report = state.evaluations.opened?.report, !text.isEmpty else { return [] }
            guard [".html", ".htm", ".md", ".markdown"].contains(where: text.lowercased().hasSuffix) else {
                state.changeLine {
                    $0.problem = Explanation(
                        Wording("The ending says the form of a report.", "报告的形式由文件名的结尾决定。"),
                        next: Wording("Let the name end in .html or .md.", "请让文件名以 .html 或 .md 结尾。"))
                }
                return []
            }
            state.dialogs.removeLast()
            return [.exportEvaluation(report.id, path: FileNames.absolute(text), state.language)]
        case .filter, .jump, .tag, .saveAs, .saveFile, .chart: return nil
        }
    }

    // MARK: -

    /// For the dataset on show: the model under the cursor on the page of models, else the one asked last and its base.
    private static func openForm(in state: inout State) -> [Effect] {
        guard let facts = state.browse.current?.facts else { return [] }
        var chosen = [state.ask.model, state.ask.base].compactMap { $0 }
        if state.tab == .models, let card = state.models.selected {
            chosen = [card.name, state.models.base(of: card.name)].compactMap { $0 }
        }
        let names = state.models.cards.map(\.name)
        if Set(chosen).isDisjoint(with: names) { chosen = Array(names.prefix(1)) }
        let form = EvaluationForm.State(
            dataset: facts.path, models: names, chosen: chosen, records: facts.records)
        state.dialogs.append(.evaluationForm(form))
        return state.changeEvaluationForm { $0.estimate() }
    }

    private static func find(answer: String?, in state: State) -> [Effect] {
        guard let opened = state.evaluations.opened, let record = opened.selected else { return [] }
        let path = opened.report.request.dataset
        let isOpen = state.browse.sheets.contains { $0.facts.path == path }
        return [.findEvaluated(path: path, opened.report.records[record], answer: answer, isOpen: isOpen)]
    }

    private static let reportHints = [
        LinePrompt.Hint(".html", Wording("one page with charts, for a browser", "带图表的网页")),
        LinePrompt.Hint(".md", Wording("Markdown", "Markdown")),
    ]
}

extension Deck.State {
    mutating func changeEvaluationForm(_ body: (inout EvaluationForm.State) -> [Effect]) -> [Effect] {
        for index in dialogs.indices.reversed() {
            guard case .evaluationForm(var form) = dialogs[index] else { continue }
            let effects = body(&form)
            dialogs[index] = .evaluationForm(form)
            return effects
        }
        return []
    }

    func allowsEvaluation(_ command: Command) -> Bool {
        let isOpened = dialogs.last == .evaluation && evaluations.opened != nil
        let record = evaluations.opened?.selected
        switch command {
        case .showEvaluations: return dialogs.isEmpty || dialogs.last == .evaluations
        case .evaluate:
            guard dialogs.isEmpty || dialogs.last == .evaluations else { return false }
            return evaluations.running == nil && !models.cards.isEmpty
                && browse.current.map { $0.facts.records > 0 } ?? false
        case .openEvaluation: return dialogs.last == .evaluations && evaluations.selected != nil
        case .deleteEvaluation: return dialogs.last == .evaluations && evaluations.selected != nil
        case .cancelEvaluation: return evaluations.running?.isCancelled == false
        case .sortEvaluation, .evaluationFilter, .exportEvaluation: return isOpened
        case .evaluationModel: return isOpened && (evaluations.opened?.report.models.count ?? 0) > 1
        case .evaluationClasses: return isOpened && evaluations.opened?.classification != nil
        case .editEvaluated: return isOpened && record != nil
        case .takeAnswer:
            guard isOpened, let opened = evaluations.opened, let record else { return false }
            return opened.report.models[opened.chosenModel].outcomes[record].answer != nil
        case .toggle: if case .evaluationForm = dialogs.last { return true }
        default: break
        }
        return false
    }
}

extension Record {
    /// The same question with another answer, in the form of the old one: the space before it and the mark after it stay.
    func answered(with answer: String) -> Record {
        switch self {
        case .completion(let prompt, let completion):
            let start = completion.prefix { $0.isWhitespace }
            let end = String(completion.reversed().prefix { $0.isWhitespace }.reversed())
            return .completion(prompt: prompt, completion: start + answer + end)
        case .chat(var messages):
            if let last = messages.lastIndex(where: { $0.role == "assistant" }) { messages[last].content = answer }
            return .chat(messages)
        case .preference(let input, let preferred, let rejected):
            var preferred = preferred
            if !preferred.isEmpty { preferred[preferred.count - 1].content = answer }
            return .preference(input: input, preferred: preferred, rejected: rejected)
        }
    }
}

extension Confirm.State {
    fileprivate static func delete(_ card: EvaluationCard) -> Confirm.State {
        Confirm.State(
            question: Wording("Delete this evaluation of \(card.name)?", "删除 \(card.name) 的这次评测？"),
            consequence: Wording("Its figures and answers leave this computer for good.", "它的数字和回答将从这台电脑上永久删除。"),
            consent: .deleteEvaluation(card.id))
    }
}

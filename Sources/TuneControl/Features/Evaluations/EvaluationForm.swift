public import TuneModel

/// The form that starts an evaluation: which models, how many records, and what of them.
public enum EvaluationForm {
    public enum Row: Hashable, Sendable {
        case model(Int)
        case limit, answers, maxTokens, judge
    }

    public enum Estimation: Hashable, Sendable {
        case running
        case done(EvaluationEstimate)
        case failed(Explanation)
    }

    public struct State: Hashable, Sendable {
        /// Path of the dataset.
        public let dataset: String
        /// Names of the models that there are, and which of them are measured.
        public let models: [String]
        public private(set) var chosen: Set<Int>
        public private(set) var limit: TextBuffer
        public private(set) var generates = true
        public private(set) var maxTokens = TextBuffer("128")
        /// The model that judges; nil for none.
        public private(set) var judge: Int?
        public private(set) var active = 0
        public private(set) var estimation = Estimation.running

        public init(dataset: String, models: [String], chosen: [String], records: Int) {
            self.dataset = dataset
            self.models = models
            self.chosen = Set(models.indices.filter { chosen.contains(models[$0]) })
            // A first look should take minutes, whatever the file.
            limit = TextBuffer(records > 100 ? "100" : "")
        }

        public var name: String { dataset.split(separator: "/").last.map(String.init) ?? dataset }

        public var rows: [Row] {
            models.indices.map(Row.model) + [.limit, .answers] + (generates ? [.maxTokens, .judge] : [])
        }

        public var row: Row { rows[min(active, rows.count - 1)] }

        /// The text that is typed into; nil on a row that is switched.
        public var focusedText: TextBuffer? {
            switch row {
            case .limit: limit
            case .maxTokens: maxTokens
            case .model, .answers, .judge: nil
            }
        }

        /// What would be measured, or why that cannot be.
        public var request: Result<EvaluationRequest, Fault> {
            if chosen.isEmpty {
                return .failure(Fault(row: .model(0), text: Wording("mark at least one model", "请至少选择一个模型")))
            }
            let text = limit.text.trimmed
            let count = Int(text)
            if !text.isEmpty, (count ?? 0) < 1 {
                return .failure(
                    Fault(row: .limit, text: Wording("a number from 1 on, or nothing for all", "填 1 以上的数字，留空表示全部")))
            }
            guard let most = Int(maxTokens.text.trimmed), (1...100_000).contains(most) else {
                return .failure(Fault(row: .maxTokens, text: Wording("a number from 1 on", "填 1 以上的数字")))
            }
            return .success(
                EvaluationRequest(
                    models: models.indices.filter(chosen.contains).map { models[$0] }, dataset: dataset, limit: count,
                    generates: generates, maxTokens: most, judge: generates ? judge.map { models[$0] } : nil))
        }
    }

    /// Why the form cannot be taken as it stands.
    public struct Fault: Error, Hashable, Sendable {
        public let row: Row
        public let text: Wording
    }

    public enum Action: Hashable, Sendable {
        case edited(TextEdit)
        case moved(by: Int)
        /// The row under the cursor takes its next value.
        case toggled
        case estimated(EvaluationRequest, Estimation)
        case startAsked
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .edited(let edit): return state.edit(edit)
        case .moved(let step): state.move(by: step)
        case .toggled: return state.toggle()
        case .estimated(let request, let estimation):
            if request == (try? state.request.get()) { state.settle(estimation) }
        case .startAsked:
            // What is wrong may be out of sight.
            if case .failure(let fault) = state.request { state.show(fault.row) }
        }
        return []
    }
}

extension EvaluationForm.State {
    mutating func estimate() -> [Effect] {
        guard case .success(let request) = request else { return [.stop(.estimating)] }
        estimation = .running
        return [.estimateEvaluation(request)]
    }

    fileprivate mutating func edit(_ edit: TextEdit) -> [Effect] {
        switch row {
        case .limit: limit.apply(edit)
        case .maxTokens: maxTokens.apply(edit)
        case .model, .answers, .judge: return []
        }
        return estimate()
    }

    fileprivate mutating func move(by step: Int) {
        let here = min(active, rows.count - 1)
        active = (here + step + rows.count) % rows.count
    }

    fileprivate mutating func toggle() -> [Effect] {
        switch row {
        case .model(let index):
            if chosen.remove(index) == nil { chosen.insert(index) }
        case .answers: generates.toggle()
        case .judge:
            let next = (judge ?? -1) + 1
            judge = next < models.count ? next : nil
        case .limit, .maxTokens: return []
        }
        return estimate()
    }

    fileprivate mutating func settle(_ estimation: EvaluationForm.Estimation) { self.estimation = estimation }

    fileprivate mutating func show(_ row: EvaluationForm.Row) { active = rows.firstIndex(of: row) ?? active }
}

import TuneData
import TuneModel

extension Preparation {
    /// What `prepare --json` prints; `--answers` takes it, too.
    func json(_ files: PreparedFiles, _ cost: PrepareCost?, in language: Language) -> JSONOutput {
        let task: (name: String, classes: Int?) =
            switch outcome.task {
            case .openEnded: ("open-ended", nil)
            case .classification(let classes): ("classification", classes)
            case .conditional: ("conditional", nil)
            case .conversations: ("conversations", nil)
            case .preferences: ("preferences", nil)
            }
        return .object([
            ("file", .text(dataset.path)), ("records_read", JSONOutput(outcome.recordsRead)),
            ("records", JSONOutput(files.trainingRecords + files.validationRecords)), ("task", .text(task.name)),
            ("classes", JSONOutput(task.classes)), ("options", options.json),
            ("findings", .list(notices.map { $0.json(in: language) })),
            ("questions", .list(questions.map { $0.json(in: language) })), ("separator", JSONOutput(outcome.separator)),
            ("ending", JSONOutput(outcome.ending)), ("is_written", .bool(files.isWritten)),
            ("training_file", .text(files.training)), ("training_records", JSONOutput(files.trainingRecords)),
            ("validation_file", JSONOutput(files.validation)),
            ("validation_records", JSONOutput(files.validation == nil ? nil : files.validationRecords)),
            ("recipe", JSONOutput(files.recipe)), ("cost", cost?.json ?? .null),
        ])
    }
}

extension PrepareOptions {
    /// As recipes have it, so that the answers can be given again on the same ground.
    fileprivate var json: JSONOutput {
        .object([
            ("near", JSONOutput(check?.near)), ("model", JSONOutput(check?.measure?.model)),
            ("context", JSONOutput(check?.measure?.context)), ("system", JSONOutput(system)),
            ("share", .number(share)), ("seed", JSONOutput(Int64(clamping: seed))),
        ])
    }
}

extension PrepareQuestion {
    fileprivate func json(in language: Language) -> JSONOutput {
        .object([
            ("id", .text(id.rawValue)), ("question", .text(title[language])), ("count", JSONOutput(count)),
            ("suggestion", .text(suggestion ? "yes" : "no")), ("answer", .text(isAccepted ? "yes" : "no")),
            ("examples", .list(examples.map(\.json))),
        ])
    }
}

extension PrepareExample {
    fileprivate var json: JSONOutput {
        .object([
            ("row", JSONOutput(row)), ("before", json(before)), ("after", after.map { json($0) } ?? .null),
        ])
    }

    private func json(_ pair: Pair) -> JSONOutput {
        field == .conversation
            ? .text(pair.prompt) : .object([("prompt", .text(pair.prompt)), ("completion", .text(pair.completion))])
    }
}

extension PrepareCost {
    var json: JSONOutput {
        .object([
            ("model", .text(model)), ("epochs", JSONOutput(epochs)), ("trained_tokens", JSONOutput(trainedTokens)),
            ("is_exact", .bool(isExact)), ("seconds", .number(seconds)), ("tokens_per_s", .number(tokensPerSecond)),
            ("dollars", .object(prices.map { ($0.model, .number($0.dollars)) })),
        ])
    }
}

import TuneModel

extension EvaluationReport {
    /// Figures and the worst answers; of a single model its figures stand at the top.
    func json(_ summary: EvaluationSummary, worst: Int) -> JSONOutput {
        var pairs: [(String, JSONOutput)] = models.count == 1 ? figures(of: 0, summary) : []
        pairs += [
            ("id", .text(id)), ("object", "evaluation"), ("created_at", JSONOutput(createdAt)),
            ("data", .text(request.dataset)), ("records", JSONOutput(records.count)), ("complete", .bool(isComplete)),
            ("seconds", .number(seconds)), ("segmentation", .text(segmentation.rawValue)),
            ("judge", JSONOutput(request.judge)), ("judge_prompt", JSONOutput(judgePrompt)),
        ]
        if models.count > 1 {
            pairs.append(("models", .list(models.indices.map { .object(figures(of: $0, summary)) })))
        }
        pairs.append(("worst", .list(self.worst(by: decisiveMeasure).prefix(worst).map(json))))
        return .object(pairs)
    }

    // MARK: -

    private func figures(of model: Int, _ summary: EvaluationSummary) -> [(String, JSONOutput)] {
        let row = summary.rows[model]
        let losses = models[model].outcomes.compactMap(\.loss)
        var pairs: [(String, JSONOutput)] = [
            ("model", .text(row.model)), ("loss", JSONOutput(row.figures[.loss]?.value)),
            ("token_accuracy", JSONOutput(row.figures[.tokenAccuracy]?.value)),
            ("sequence_accuracy", JSONOutput(row.figures[.sequenceAccuracy]?.value)),
            ("tokens", JSONOutput(losses.reduce(0) { $0 + $1.tokens })), ("examples", JSONOutput(losses.count)),
            ("answers", JSONOutput(row.answers)), ("answers_cut", JSONOutput(row.cut)),
            ("failures", JSONOutput(row.failures)), ("unjudged", JSONOutput(row.unjudged)),
        ]
        pairs.append(
            (
                "measures",
                .object(
                    summary.measures.compactMap { measure in
                        row.figures[measure].map { (measure.rawValue, $0.json) }
                    })
            ))
        if let classes = row.classification { pairs.append(("classification", classes.json)) }
        return pairs
    }

    private func json(of record: Int) -> JSONOutput {
        let answers = models.indices.map { model -> JSONOutput in
            let outcome = models[model].outcomes[record]
            let figures = Measure.allCases.compactMap { measure in
                value(of: measure, record: record, model: model).map { (measure.rawValue, JSONOutput.number($0)) }
            }
            return .object([
                ("model", .text(models[model].model)), ("answer", JSONOutput(outcome.answer?.text)),
                ("finish_reason", JSONOutput(outcome.answer?.finish.rawValue)), ("measures", .object(figures)),
                ("judgement", JSONOutput(outcome.judgement?.text)),
                ("error", JSONOutput(outcome.failure?.what[Speech.language])),
            ])
        }
        return .object([
            ("row", JSONOutput(records[record].row)), ("prompt", .text(records[record].prompt)),
            ("expected", .text(records[record].expected)), ("answers", .list(answers)),
        ])
    }
}

extension EvaluationSummary.Figure {
    fileprivate var json: JSONOutput {
        let standing: JSONOutput =
            switch self.standing {
            case .alone: .null
            case .best: "best"
            case .even: "even"
            case .behind: "behind"
            }
        return .object([
            ("value", .number(value)), ("lower", JSONOutput(interval?.lower)), ("upper", JSONOutput(interval?.upper)),
            ("standing", standing), ("records", JSONOutput(count)),
        ])
    }
}

extension ClassificationReport {
    fileprivate var json: JSONOutput {
        func average(_ average: Average) -> JSONOutput {
            .object([
                ("precision", .number(average.precision)), ("recall", .number(average.recall)),
                ("f1", .number(average.f1)),
            ])
        }
        return .object([
            ("accuracy", .number(accuracy)), ("macro", average(macro)), ("weighted", average(weighted)),
            (
                "classes",
                .list(
                    rows.map { row in
                        .object([
                            ("label", .text(row.label)), ("precision", .number(row.precision)),
                            ("recall", .number(row.recall)), ("f1", .number(row.f1)),
                            ("support", JSONOutput(row.support)),
                        ])
                    })
            ),
            ("matrix", .list(matrix.map { .list($0.map { JSONOutput($0) }) })),
        ])
    }
}

extension EvaluationCard {
    var json: JSONOutput {
        .object([
            ("id", .text(id)), ("object", "evaluation"), ("created_at", JSONOutput(createdAt)),
            ("data", .text(dataset)), ("models", .list(models.map(JSONOutput.text))),
            ("records", JSONOutput(records)), ("complete", .bool(isComplete)), ("measure", .text(measure.rawValue)),
            ("values", .list(values.map { JSONOutput($0) })),
        ])
    }
}

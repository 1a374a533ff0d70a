import TuneTrainer

extension ExportReport {
    /// What was written, how near it is, and what the original says: enough for another program to check the export.
    func json(of plan: ExportPlan) -> JSONOutput {
        .object([
            ("object", "model.export"), ("model", .text(plan.story.name)), ("base", .text(plan.modelPath)),
            ("adapter", JSONOutput(plan.adapterFolder)), ("format", .text(format.rawValue)),
            ("type", .text(type.name.lowercased())), ("folder", .text(folder)),
            (
                "files",
                .list(files.map { .object([("name", .text($0.name)), ("bytes", JSONOutput($0.bytes))]) })
            ),
            ("seconds", .number(seconds)), ("parity", parity.json), ("probes", .list(probes.map(\.json))),
        ])
    }
}

extension ExportParity {
    fileprivate var json: JSONOutput {
        .object([
            ("prompts", JSONOutput(prompts)), ("tokens", JSONOutput(tokens)), ("equal_tokens", JSONOutput(equalTokens)),
            ("worst_logit_difference", .number(worstDifference)), ("mean_kl", .number(divergence)),
            ("as_expected", .bool(isAsExpected)),
        ])
    }
}

extension ExportProbe {
    fileprivate var json: JSONOutput {
        .object([
            ("prompt", .text(prompt)), ("prompt_tokens", .list(promptTokens.map { .integer(Int64($0)) })),
            (
                "places",
                .list(
                    places.map { place in
                        .object([
                            ("tokens", .list(place.tokens.map { .integer(Int64($0)) })),
                            ("logits", .list(place.logits.map { .number(Double($0)) })),
                        ])
                    })
            ),
        ])
    }
}

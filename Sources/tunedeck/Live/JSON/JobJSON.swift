import Foundation
import TuneModel

extension Job {
    /// The job as the protocol spells it, with what only this program knows behind it.
    var json: JSONOutput { .object(pairs) }

    /// The same with what its figures mean.
    func json(with diagnoses: [Diagnosis]) -> JSONOutput {
        .object(pairs + [("diagnosis", .list(diagnoses.map(\.json)))])
    }

    private var pairs: [(String, JSONOutput)] {
        [
            ("id", .text(id.text)), ("object", "fine_tuning.job"), ("status", .text(status.text)),
            ("model", .text(model)), ("fine_tuned_model", JSONOutput(fineTunedModel)),
            ("training_file", .text(trainingFile)), ("validation_file", JSONOutput(validationFile)),
            ("user_provided_suffix", JSONOutput(suffix)),
            ("method", (hyperparameters?.method ?? request.method ?? .supervised).json(hyperparameters)),
            ("hyperparameters", hyperparameters?.json ?? request.json),
            ("seed", JSONOutput((hyperparameters?.seed ?? request.seed).map { Int64(clamping: $0) })),
            ("created_at", JSONOutput(createdAt)), ("started_at", JSONOutput(startedAt)),
            ("finished_at", JSONOutput(finishedAt)), ("estimated_finish", JSONOutput(estimatedFinish)),
            ("trained_tokens", JSONOutput(trainedTokens)), ("total_steps", JSONOutput(totalSteps)),
            ("sweep", JSONOutput(group?.text)), ("queue_position", JSONOutput(turn)),
            ("error", failure?.json ?? .null), ("latest", latest?.json ?? .null), ("origin", origin?.json ?? .null),
        ]
    }

    private var estimatedFinish: Date? {
        guard status == .running, let seconds = latest?.secondsLeft, seconds.isFinite else { return nil }
        return Date.now.addingTimeInterval(seconds)
    }
}

extension JobOrigin {
    /// Where a job runs, how the line is, and what it costs.
    var json: JSONOutput {
        let (line, why): (String, Explanation?) =
            switch contact {
            case .good: ("good", nil)
            case .away(_, let why): ("reconnecting", why)
            case .refused(_, let why): ("refused", why)
            case .never: ("never", nil)
            }
        return .object([
            ("service", .text(service.text)), ("id", .text(id)), ("line", .text(line)),
            ("why", JSONOutput(why?.what[Speech.language])), ("training_file", JSONOutput(trainingFile)),
            ("validation_file", JSONOutput(validationFile)),
            ("estimated_tokens", JSONOutput(cost?.estimated?.tokens)),
            ("estimate_is_exact", cost?.estimated.map { .bool($0.isExact) } ?? .null),
            ("estimated_dollars", JSONOutput(cost?.estimatedDollars)),
            ("actual_tokens", JSONOutput(cost?.actualTokens)), ("actual_dollars", JSONOutput(cost?.actualDollars)),
        ])
    }
}

extension Diagnosis {
    var json: JSONOutput {
        .object([
            ("code", .text(code.rawValue)), ("severity", .text("\(severity)")), ("since_step", JSONOutput(since)),
            ("what", .text(what[Speech.language])), ("evidence", .text(evidence[Speech.language])),
            ("advice", .text(advice[Speech.language])),
        ])
    }
}

extension JobFailure {
    var json: JSONOutput {
        .object([
            ("code", .text(code)), ("message", .text(explanation.what[Speech.language])),
            ("next", .text(explanation.next[Speech.language])),
        ])
    }
}

extension StepMetrics {
    var json: JSONOutput {
        .object([
            ("step", JSONOutput(step)), ("total_steps", JSONOutput(totalSteps)), ("epoch", JSONOutput(epoch)),
            ("elapsed_tokens", JSONOutput(elapsedTokens)), ("elapsed_examples", JSONOutput(elapsedExamples)),
            ("train_loss", .number(trainingLoss)), ("train_mean_token_accuracy", JSONOutput(trainingTokenAccuracy)),
            ("train_sequence_accuracy", JSONOutput(trainingSequenceAccuracy)),
            ("train_ending_accuracy", JSONOutput(trainingEndingAccuracy)),
            ("valid_loss", JSONOutput(validationLoss)),
            ("valid_mean_token_accuracy", JSONOutput(validationTokenAccuracy)),
            ("valid_sequence_accuracy", JSONOutput(validationSequenceAccuracy)),
            ("learning_rate", JSONOutput(learningRate)), ("gradient_norm", JSONOutput(gradientNorm)),
            ("tokens_per_s", JSONOutput(tokensPerSecond)), ("seconds_left", JSONOutput(secondsLeft)),
            ("peak_rss_mb", JSONOutput(peakMemoryMB)),
        ])
    }
}

extension JobEvent {
    var json: JSONOutput {
        var pairs: [(String, JSONOutput)] = [
            ("id", JSONOutput(id)), ("object", "fine_tuning.job.event"), ("created_at", JSONOutput(createdAt)),
            ("level", .text(level.rawValue)), ("message", .text(message[Speech.language])),
        ]
        switch kind {
        case .message: pairs.append(("type", "message"))
        case .metrics(let metrics): pairs += [("type", "metrics"), ("data", metrics.json)]
        case .sample(let sample): pairs += [("type", "sample"), ("data", sample.json)]
        case .status(let status):
            pairs += [("type", "message"), ("data", .object([("status", .text(status.text))]))]
        }
        return .object(pairs)
    }
}

extension JSONOutput {
    /// A list as the protocol wraps it.
    static func list(of items: [JSONOutput], hasMore: Bool = false) -> JSONOutput {
        .object([("object", "list"), ("data", .list(items)), ("has_more", .bool(hasMore))])
    }

    /// What was deleted.
    static func deleted(_ id: String, _ object: String) -> JSONOutput {
        .object([("id", .text(id)), ("object", .text(object)), ("deleted", true)])
    }
}

import Foundation
import TuneModel
import TuneStore
import TuneTrainer

/// Everything that will happen in a job, or in the jobs of a sweep, known before any starts.
struct JobPlan {
    struct Entry {
        let request: JobRequest
        let records: JobRecords
        let estimate: TrainingEstimate
    }

    let model: String
    /// One for each request, in their order.
    let entries: [Entry]

    /// Reads the files, finds the model and reckons what each job takes. All requests are of one sweep: they differ in
    /// nothing but their settings and names.
    ///
    /// - Throws: what is wrong with the files, with file and line.
    init(_ requests: [JobRequest], on desk: Desk) async throws {
        let first = requests[0]
        model = try await desk.shelf.find(first.model).name
        let all = try await TrainingRecords(file: first.trainingFile, on: desk)
        var validation: TrainingRecords?
        if let file = first.validationFile { validation = try await TrainingRecords(file: file, on: desk) }
        var known: [Hyperparameters: TrainingEstimate] = [:]
        var entries: [Entry] = []
        for request in requests {
            let records = try JobRecords(
                all, validation: validation?.records, request: request.hyperparameters, file: request.trainingFile)
            let cost = records.settings.cost
            let estimate: TrainingEstimate
            if let earlier = known[cost] {
                estimate = earlier
            } else {
                estimate = try await JobEstimate.estimate(
                    records, settings: records.settings, model: request.model, on: desk)
                known[cost] = estimate
            }
            entries.append(Entry(request: request, records: records, estimate: estimate))
        }
        self.entries = entries
    }

    var json: JSONOutput {
        entries.count == 1 ? entries[0].json(model) : .list(of: entries.map { $0.json(model) })
    }
}

extension Hyperparameters {
    /// The settings with all that changes nothing about time, memory and disk made the same.
    fileprivate var cost: Hyperparameters {
        var cost = self
        (cost.learningRate, cost.schedule, cost.warmupShare, cost.weightDecay) = (0, .constant, 0, 0)
        (cost.gradientClip, cost.promptLossWeight, cost.noise, cost.loraAlpha) = (0, 0, 0, 0)
        (cost.isRankStabilized, cost.patience) = (false, nil)
        if case .dpo = cost.method { cost.method = .dpo(beta: 0) }
        // Another seed holds out other records, which differ a little in length.
        if cost.validationShare == nil { cost.seed = 0 }
        return cost
    }
}

extension JobPlan.Entry {
    func json(_ model: String) -> JSONOutput {
        .object([
            ("object", "fine_tuning.estimate"), ("model", .text(model)), ("training_file", .text(request.trainingFile)),
            ("validation_file", JSONOutput(request.validationFile)),
            ("user_provided_suffix", JSONOutput(request.suffix)),
            ("examples", JSONOutput(estimate.examples)),
            ("validation_examples", JSONOutput(records.validation?.count ?? 0)),
            ("steps", JSONOutput(estimate.steps)), ("tokens_per_epoch", JSONOutput(estimate.tokensPerEpoch)),
            ("trained_tokens", JSONOutput(estimate.trainedTokens)), ("cut_examples", JSONOutput(estimate.cutExamples)),
            ("seconds", .number(estimate.seconds)), ("tokens_per_s", .number(estimate.tokensPerSecond)),
            ("memory_mb", .number(estimate.memoryMB)), ("disk_mb", .number(estimate.diskMB)),
            ("method", records.settings.method.json(records.settings)), ("hyperparameters", records.settings.json),
        ])
    }
}

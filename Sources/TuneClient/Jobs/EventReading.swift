import Foundation
import TuneModel

extension RemoteEvent {
    /// - Parameter said: how often each event without an id was said so far; counted on.
    init(_ json: JSON, said: inout [String: Int]) {
        let createdAt = json["created_at"].date ?? Date(timeIntervalSince1970: 0)
        let message = json["message"].text ?? ""
        let level = json["level"].text ?? json["level_name"].text ?? ""
        let id: String
        if let told = json["id"].filledText {
            id = told
        } else {
            let text = "\(Int(createdAt.timeIntervalSince1970)) \(message)"
            let count = said[text, default: 0]
            said[text] = count + 1
            id = "\(text) #\(count)"
        }
        self.init(
            id: id, createdAt: createdAt,
            level: level == "warning" ? .warn : JobEvent.Level(rawValue: level) ?? .info, message: message,
            metrics: StepMetrics(remote: json["data"], step: nil) ?? StepMetrics(message: message))
    }
}

extension StepMetrics {
    /// Of an event or a checkpoint; nil where there is no step and loss. Figures below zero mean that there is none.
    init?(remote json: JSON, step known: Int?) {
        guard let step = json["step"].integer ?? known, step >= 0,
            let loss = (json["train_loss"].number ?? json["training_loss"].number)
        else { return nil }
        self.init(step: step, totalSteps: json["total_steps"].integer ?? 0, trainingLoss: loss)
        func first(_ names: String...) -> Double? { names.lazy.compactMap { json[$0].figure }.first }
        trainingTokenAccuracy = first("train_mean_token_accuracy", "train_accuracy", "training_token_accuracy")
        trainingSequenceAccuracy = first("training_sequence_accuracy")
        validationLoss = first("valid_loss", "validation_loss")
        validationTokenAccuracy = first(
            "valid_mean_token_accuracy", "valid_accuracy", "validation_token_accuracy")
        validationSequenceAccuracy = first("validation_sequence_accuracy")
        fullValidationLoss = first("full_valid_loss")
        fullValidationTokenAccuracy = first("full_valid_mean_token_accuracy")
        elapsedTokens = json["elapsed_tokens"].integer
        elapsedExamples = json["elapsed_examples"].integer
    }

    /// Of a message like `Step 300/300: training loss=0.15, validation loss=0.27, full validation loss=0.40`.
    init?(message: String) {
        guard let found = message.prefixMatch(of: /Step (\d+)(?:\/(\d+))?: (.*)/), let step = Int(found.1) else {
            return nil
        }
        var figures: [String: Double] = [:]
        for part in found.3.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1)
            if sides.count == 2, let value = Double(sides[1].trimmingCharacters(in: .whitespaces)), value.isFinite {
                figures[sides[0].trimmingCharacters(in: .whitespaces)] = value
            }
        }
        guard let loss = figures["training loss"] else { return nil }
        self.init(step: step, totalSteps: found.2.flatMap { Int($0) } ?? 0, trainingLoss: loss)
        validationLoss = figures["validation loss"]
        fullValidationLoss = figures["full validation loss"]
    }
}

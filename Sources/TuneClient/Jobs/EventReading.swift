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

    /// Of a message like `Step 300/300: training loss=0.15, validation loss=0.27, full validation loss=0.40`, or like
    /// `Step 3/9: training loss 0.15, token accuracy 50.0 %`, as TuneDeck's own server says it.
    init?(message: String) {
        guard message.hasPrefix("Step "), let colon = message.firstIndex(of: ":") else { return nil }
        let place = message[..<colon].dropFirst("Step ".count).split(separator: "/", maxSplits: 1)
        guard let step = place.first.flatMap({ Int($0) }), step >= 0 else { return nil }
        var figures: [String: Double] = [:]
        for part in message[message.index(after: colon)...].split(separator: ",") {
            var words = part.replacing("=", with: " ").split(separator: " ")[...]
            let scale = words.last == "%" ? 0.01 : 1
            if scale < 1 { words.removeLast() }
            if let value = words.popLast().flatMap({ Double($0) }), value.isFinite {
                figures[words.joined(separator: " ")] = value * scale
            }
        }
        guard let loss = figures["training loss"] else { return nil }
        self.init(step: step, totalSteps: place.dropFirst().first.flatMap { Int($0) } ?? 0, trainingLoss: loss)
        trainingTokenAccuracy = figures["token accuracy"]
        validationLoss = figures["validation loss"]
        fullValidationLoss = figures["full validation loss"]
    }
}

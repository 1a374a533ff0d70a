import Foundation
import TuneModel

/// Reads the results file of a service in any of its shapes.
enum ResultsReading {
    /// The columns under their names of both times.
    private static let columns: [(names: [String], path: any WritableKeyPath<StepMetrics, Double?> & Sendable)] = [
        (["training_token_accuracy", "train_accuracy", "train_mean_token_accuracy"], \.trainingTokenAccuracy),
        (["training_sequence_accuracy"], \.trainingSequenceAccuracy),
        (["validation_loss", "valid_loss"], \.validationLoss),
        (
            ["validation_token_accuracy", "valid_mean_token_accuracy", "valid_accuracy"], \.validationTokenAccuracy
        ),
        (["validation_sequence_accuracy"], \.validationSequenceAccuracy),
        (["full_valid_loss"], \.fullValidationLoss),
        (["full_valid_mean_token_accuracy"], \.fullValidationTokenAccuracy),
        (["learning_rate"], \.learningRate),
    ]

    /// The steps, each once, in order. A validation between two steps belongs to the one before. Empty when it is no
    /// results file.
    static func steps(_ bytes: [UInt8]) -> [StepMetrics] {
        var lines = plain(bytes).split(whereSeparator: \.isNewline)[...]
        guard let head = lines.popFirst() else { return [] }
        let names = cells(head)
        guard let stepColumn = names.firstIndex(of: "step") else { return [] }
        func column(_ wanted: [String]) -> Int? { wanted.lazy.compactMap { names.firstIndex(of: $0) }.first }
        let lossColumn = column(["training_loss", "train_loss"])
        let places = columns.map { (column($0.names), $0.path) }
        let tokenColumn = column(["elapsed_tokens"])
        let exampleColumn = column(["elapsed_examples"])
        var steps: [StepMetrics] = []
        for line in lines {
            let row = cells(line)
            /// −1 and nothing mean the same: not measured.
            func figure(_ place: Int?) -> Double? {
                guard let place, row.indices.contains(place), let value = Double(row[place]), value.isFinite else {
                    return nil
                }
                return value
            }
            guard let number = figure(stepColumn), let step = Int(exactly: number), step >= 0 else { continue }
            if let loss = figure(lossColumn), loss != -1 {
                steps.append(StepMetrics(step: step, totalSteps: 0, trainingLoss: loss))
                steps[steps.count - 1].elapsedTokens = figure(tokenColumn).flatMap { $0 < 0 ? nil : Int(exactly: $0) }
                steps[steps.count - 1].elapsedExamples = figure(exampleColumn).flatMap {
                    $0 < 0 ? nil : Int(exactly: $0)
                }
            }
            guard !steps.isEmpty else { continue }
            for (place, path) in places {
                if let value = figure(place), value >= 0 { steps[steps.count - 1][keyPath: path] = value }
            }
        }
        return ordered(steps)
    }

    /// Of files that a run left one after the other, the later tells of a step what counts.
    static func ordered(_ steps: [StepMetrics]) -> [StepMetrics] {
        var last: [Int: StepMetrics] = [:]
        for step in steps { last[step.step] = step }
        let total = last.keys.max() ?? 0
        return last.values.sorted { $0.step < $1.step }.map { step in
            var step = step
            step.totalSteps = total
            return step
        }
    }

    /// Newer services wrap the table in base64.
    private static func plain(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        if text.prefix(200).contains(",") { return text }
        guard let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else { return text }
        return String(decoding: data, as: UTF8.self)
    }

    private static func cells(_ line: Substring) -> [String] {
        line.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t\"\u{FEFF}"))
        }
    }
}

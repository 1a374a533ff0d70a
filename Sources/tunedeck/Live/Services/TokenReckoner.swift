import Foundation
import TuneData
import TuneModel
import TuneStore
import TuneTrainer

/// Counts the tokens that a service would train.
struct TokenReckoner: Sendable {
    let desk: Desk

    /// More records than these are reckoned from a sample.
    private static let mostCounted = 20_000

    /// - Returns: nil where the file is only at the service.
    func reckon(_ request: JobRequest) async throws -> (examples: Int, tokens: TokenReckoning)? {
        let path = request.trainingFile
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let dataset = try Dataset(opening: path)
        if dataset.count <= Self.mostCounted, (try? await desk.shelf.find(request.model)) != nil {
            var here = request
            here.service = nil
            let estimate = try await JobEstimate.make(here, on: desk).estimate
            return (dataset.count, TokenReckoning(tokens: estimate.trainedTokens, isExact: true))
        }
        return (dataset.count, TokenReckoning(tokens: try await estimate(dataset, request), isExact: false))
    }

    /// By the tokenizer that is here, else by the length; with the prompts, which services bill too.
    private func estimate(_ dataset: Dataset, _ request: JobRequest) async throws -> Int {
        let settings = Hyperparameters(request.hyperparameters, examples: dataset.count)
        let measure = try? await TokenMeasure.standard(on: desk)
        let step = max(1, dataset.count / 2000)
        // A quarter of a token for each byte is what mixed texts come to.
        let average = max(1, dataset.bytes / max(1, dataset.count) / 4)
        var (tokens, looked) = (0, 0)
        for position in stride(from: 0, to: dataset.count, by: step) {
            let record = try dataset.record(at: position)
            tokens += (try? measure?.count(record).all) ?? average
            looked += 1
        }
        guard looked > 0 else { return 0 }
        var examples = dataset.count * settings.epochs
        if let steps = settings.maxSteps { examples = min(examples, steps * settings.examplesPerStep) }
        return Int(Double(tokens) / Double(looked) * Double(examples))
    }
}

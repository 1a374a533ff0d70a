import Foundation
import TuneData
import TuneModel
import TuneStore
import TuneTrainer

/// What training on a prepared file will take: here, measured on a sample, and elsewhere, by a table of prices.
struct PrepareCost {
    /// Records that are encoded and tried; more are reckoned from so many.
    private static let sampleSize = 2000

    /// The base model; nil when none is on this machine, and nothing is known of tokens.
    let model: String
    let epochs: Int
    /// Tokens that are learned, repeats included.
    let trainedTokens: Int
    /// Whether they were counted, or reckoned from a sample.
    let isExact: Bool
    let seconds: Double
    let tokensPerSecond: Double
    /// Dollars by the name of a remote model, the cheapest first.
    let prices: [(model: String, dollars: Double)]

    /// nil where no base model is on this machine, or the file cannot be trained as it is.
    static func reckon(_ files: PreparedFiles, model name: String?) async -> PrepareCost? {
        guard let paths = try? Paths(environment: ProcessInfo.processInfo.environment),
            FileManager.default.fileExists(atPath: paths.database), let desk = try? Desk()
        else { return nil }
        return try? await reckon(
            files.training, validation: files.validation, model: name ?? ModelSource.all[0].name, on: desk)
    }

    static func reckon(
        _ path: String, validation: String?, model name: String, on desk: Desk
    ) async throws -> PrepareCost {
        let model = try await desk.shelf.find(name)
        let (sample, count) = try sample(of: path)
        let request = JobRequest(model: model.name, trainingFile: path, hyperparameters: HyperparameterRequest())
        let records = try JobRecords(
            TrainingRecords(sample), validation: nil, request: request.hyperparameters, file: path)
        let estimate = try await JobEstimate.estimate(
            records, settings: records.settings, model: model.name, on: desk)
        let scale = Double(count) / Double(max(sample.count, 1))
        let trained = Int((Double(estimate.trainedTokens) * scale).rounded())
        let prices = desk.config.prices.map { ($0.key, $0.value * Double(trained) / 1e6) }.sorted {
            ($0.1, $0.0) < ($1.1, $1.0)
        }
        return PrepareCost(
            model: model.name, epochs: records.settings.epochs, trainedTokens: trained,
            isExact: count == sample.count, seconds: estimate.seconds * scale,
            tokensPerSecond: estimate.tokensPerSecond, prices: prices)
    }

    /// Records from all over a file, and how many it has.
    private static func sample(of path: String) throws -> ([Record], Int) {
        let dataset = try Dataset(opening: path)
        guard dataset.count > sampleSize else { return (try TrainingFile.records(at: path), dataset.count) }
        let step = Double(dataset.count) / Double(sampleSize)
        let records = try (0..<sampleSize).map { try dataset.record(at: Int(Double($0) * step)) }
        return (records, dataset.count)
    }
}

import Foundation
import TuneModel
import TuneStore
import TuneTrainer

/// The models of the workspace, answering on this machine.
struct LocalModels: ModelService {
    private let shelf: ModelShelf
    private let engines: EngineShelf

    init(_ shelf: ModelShelf) {
        self.shelf = shelf
        engines = EngineShelf()
    }

    func list() async throws -> [ModelCard] { try await shelf.list().map(\.card) }

    func model(_ name: String) async throws -> ModelCard { try await shelf.find(name).card }

    func delete(_ name: String) async throws { try await shelf.delete(name) }

    /// A fine-tuned model that is given no stop ends where the completions of its training file did.
    func answer(_ request: AnswerRequest) -> AsyncThrowingStream<AnswerPart, any Error> {
        let (stream, tap) = AsyncThrowingStream<AnswerPart, any Error>.makeStream()
        let work = Task {
            do {
                let model = try await shelf.find(request.model)
                let engine = try await engines.engine(of: model)
                var request = request
                if request.stop.isEmpty, let ending = model.ending {
                    request.stop = [ending]
                    request.skipsFirstLineEnds = true
                }
                for try await part in engine.answer(request, adapterFolder: model.adapterFolder) { tap.yield(part) }
                tap.finish()
            } catch {
                tap.finish(throwing: error)
            }
        }
        tap.onTermination = { _ in work.cancel() }
        return stream
    }

    /// The tokens that an answer of a model to this input follows.
    func tokens(of input: AnswerRequest.Input, model name: String) async throws -> [Int32] {
        try await engine(of: name).tokens(of: input)
    }

    /// The loaded model of this name, for work other than answering.
    func engine(of name: String) async throws -> AskedModel {
        let model = try await shelf.find(name)
        return AskedModel(engine: try await engines.engine(of: model), adapterFolder: model.adapterFolder)
    }
}

/// A model with what it is on its base: many fine-tuned models share one engine.
struct AskedModel: Sendable {
    let engine: AnswerEngine
    let adapterFolder: String?

    func answer(_ request: AnswerRequest) -> AsyncThrowingStream<AnswerPart, any Error> {
        engine.answer(request, adapterFolder: adapterFolder)
    }

    func tokens(of input: AnswerRequest.Input) throws -> [Int32] { try engine.tokens(of: input) }

    /// Loss and accuracies on records, on the calling thread.
    func evaluate(_ records: [Record], progress: (Int) -> Void = { _ in }) throws -> Evaluation {
        try engine.evaluate(records, adapterFolder: adapterFolder, progress: progress)
    }

    /// How each record does that has tokens to measure, on the calling thread, in the order given.
    func losses(of records: [Record]) throws -> [RecordLoss] {
        try engine.losses(of: records, adapterFolder: adapterFolder)
    }
}

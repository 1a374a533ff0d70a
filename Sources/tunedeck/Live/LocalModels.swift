import Foundation
import TuneModel
import TuneStore
import TuneTrainer

/// The models of the workspace, answering on this machine.
struct LocalModels: ModelService {
    private let shelf: ModelShelf
    private let engines = EngineCache()

    init(_ shelf: ModelShelf) { self.shelf = shelf }

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
                if request.stop.isEmpty, let ending = model.ending { request.stop = [ending] }
                for try await part in engine.answer(request) { tap.yield(part) }
                tap.finish()
            } catch {
                tap.finish(throwing: error)
            }
        }
        tap.onTermination = { _ in work.cancel() }
        return stream
    }

    /// The loaded model of this name, for work other than answering.
    func engine(of name: String) async throws -> AnswerEngine { try await engines.engine(of: shelf.find(name)) }
}

/// Keeps the model that was asked last in memory: one, because each takes as much as its file.
private actor EngineCache {
    private var last: (model: ShelvedModel, engine: AnswerEngine)?

    func engine(of model: ShelvedModel) throws -> AnswerEngine {
        if let last, last.model == model { return last.engine }
        last = nil
        let engine = try AnswerEngine(
            modelPath: model.weightsPath, adapterFolder: model.adapterFolder)
        last = (model, engine)
        return engine
    }
}

import Foundation
import TuneModel
import TuneStore
import TuneTrainer

/// The engines of the bases that were asked last: one for each file of weights, whatever was fine-tuned from it.
///
/// They are bounded in bytes; the one asked longest ago goes first, once its answers have ended. One whose file has changed
/// on disk is opened anew.
actor EngineShelf {
    private let limit: Int
    /// Those asked last come last.
    private var engines: [AnswerEngine] = []

    /// `limit` in bytes; by default half of the machine's memory.
    init(limit: Int = Int(ProcessInfo.processInfo.physicalMemory / 2)) {
        self.limit = limit
    }

    func engine(of model: ShelvedModel) throws -> AnswerEngine {
        if let place = engines.firstIndex(where: { $0.modelPath == model.weightsPath }) {
            let engine = engines.remove(at: place)
            if engine.isCurrent {
                engines.append(engine)
                return engine
            }
        }
        let engine = try AnswerEngine(modelPath: model.weightsPath)
        engines.append(engine)
        while engines.count > 1, engines.reduce(0, { $0 + $1.byteCount }) > limit { engines.removeFirst() }
        return engine
    }
}

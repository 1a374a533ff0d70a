import Foundation
import Synchronization
import TuneModel

/// A model's tokenizer and chat template, which take longer to read than all else of a model: they are read in the
/// background from the start, and whoever needs them first waits for them.
final class LazyEncoder: Sendable {
    private let reading: Reading

    private final class Reading: Sendable {
        private let model: PretrainedModel
        private let contextLength: Int
        private let result = Mutex<Result<ExampleEncoder, TrainerError>?>(nil)

        init(_ model: PretrainedModel, contextLength: Int) {
            self.model = model
            self.contextLength = contextLength
        }

        func get() -> Result<ExampleEncoder, TrainerError> {
            result.withLock { result in
                if let result { return result }
                let read = Result { () throws(TrainerError) in
                    try ExampleEncoder(model, contextLength: contextLength)
                }
                result = read
                return read
            }
        }
    }

    init(_ model: PretrainedModel, contextLength: Int) {
        reading = Reading(model, contextLength: contextLength)
        DispatchQueue.global(qos: .userInitiated).async { [reading] in _ = reading.get() }
    }

    func get() throws(TrainerError) -> ExampleEncoder { try reading.get().get() }
}

import Testing
import TuneModel

@testable import TuneTrainer

/// How batches are shaped by the memory that a run may take.
struct TrainingMemoryTests {
    private func memory(
        longest: Int = 64, largestBatch: Int = 2_000, modelBytes: Int = 100_000_000,
        arithmetic: TrainingArithmetic = .float32
    ) throws -> TrainingMemory {
        let config = try PretrainedModel(path: TestModel.path).config
        let layout = AdapterLayout(config: config, rank: 8, alpha: 16, targets: LoRATarget.allCases)
        return TrainingMemory(
            config: config, layout: layout, modelBytes: modelBytes, arithmetic: arithmetic, threads: 2,
            longest: longest, largestBatch: largestBatch)
    }

    @Test func withRoomEverythingIsKept() throws {
        #expect(try memory().shape(limitMB: 100_000) == BatchShape(rows: 512, isKept: true))
        #expect(try memory(largestBatch: 70).shape(limitMB: 100_000) == BatchShape(rows: 70, isKept: true))
    }

    @Test func lessRoomMeansFewerTokensAtOnceAndThenComputingAgain() throws {
        let memory = try memory(longest: 2_048)
        var last = BatchShape(rows: 1_000, isKept: true)
        var seen: Set<BatchShape> = []
        let most = memory.megabytes(BatchShape(rows: 512, isKept: true))
        for limit in stride(from: most, through: 0, by: -1) {
            guard let shape = try? memory.shape(limitMB: limit) else { break }
            #expect(memory.megabytes(shape) <= limit)
            #expect(shape.keptRows <= last.keptRows)
            seen.insert(shape)
            last = shape
        }
        #expect(seen.contains(BatchShape(rows: 512, isKept: true)))
        #expect(last.isKept == false)
    }

    @Test func aLimitThatIsTooSmallSaysWhatIsNeeded() throws {
        let memory = try memory()
        do {
            _ = try memory.shape(limitMB: 50)
            Issue.record("50 MB are not enough")
        } catch .memoryLimit(let needed, let limit) {
            #expect(limit == 50)
            #expect(throws: Never.self) { try memory.shape(limitMB: needed) }
            #expect(throws: TrainerError.memoryLimit(neededMB: needed, limitMB: needed - 1)) {
                try memory.shape(limitMB: needed - 1)
            }
        }
    }

    @Test func weightsInBytesAreCountedInsteadOfTheFile() throws {
        let shape = BatchShape(rows: 64, isKept: true)
        let floats = try memory(modelBytes: 540_000_000)
        let bytes = try memory(modelBytes: 540_000_000, arithmetic: .int8)
        // Of the file one block and the embedding are at hand.
        #expect(floats.megabytes(shape) - bytes.megabytes(shape) > 200)
    }
}

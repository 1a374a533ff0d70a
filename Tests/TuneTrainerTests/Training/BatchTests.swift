import Testing
import TuneModel

@testable import TuneTrainer

struct BatchTests {
    private func example(_ row: Int, prompt: Int, completion: Int) -> Example {
        Example(
            row: row, prompt: (0..<prompt).map { Int32(100 * row + $0) },
            completion: (0..<completion).map { Int32(100 * row + 50 + $0) }, limit: 1_000)
    }

    @Test func onlyCompletionTokensArePredicted() {
        let batch = PackedBatch(
            [example(1, prompt: 2, completion: 2), example(2, prompt: 1, completion: 1)], promptLossWeight: 0)
        #expect(batch.tokens == [100, 101, 150, 151, 200, 250])
        #expect(batch.positions == [0, 1, 2, 3, 0, 1])
        #expect(batch.places == [1, 2, 4])
        #expect(batch.targets == [150, 151, 250])
        #expect(batch.owners == [0, 0, 1])
        #expect(batch.weights == [1, 1, 1])
    }

    @Test func promptTokensWeighWhatIsAsked() {
        let batch = PackedBatch([example(1, prompt: 2, completion: 1)], promptLossWeight: 0.01)
        #expect(batch.targets == [101, 150])
        #expect(batch.weights == [0.01, 1])
        #expect(batch.isCompletion == [false, true])
    }

    @Test func withoutAPromptTheFirstTokenIsNotPredicted() {
        let alone = example(1, prompt: 0, completion: 3)
        #expect(alone.trainedTokens == 2)
        #expect(PackedBatch([alone], promptLossWeight: 0).targets == [151, 152])
    }

    @Test func whatDoesNotFitIsCutFromTheLeftOfThePrompt() {
        let cut = Example(row: 0, prompt: [1, 2, 3], completion: [4, 5], limit: 3)
        #expect(cut.tokens == [3, 4, 5])
        #expect(cut.cutTokens == 2)
        let longer = Example(row: 0, prompt: [1], completion: [4, 5, 6, 7], limit: 3)
        #expect(longer.tokens == [4, 5, 6])
        #expect(longer.cutTokens == 2)
    }

    @Test func groupsStayWithinTheLimitAndKeepTheOrder() {
        let examples = [3, 4, 2, 9, 1].enumerated().map { example($0, prompt: 0, completion: $1) }
        let groups = examples.packed(into: 7)
        #expect(groups.map { $0.map(\.row) } == [[0, 1], [2], [3], [4]])
    }

    @Test func everyEpochShowsEveryExampleOnceInAnOrderOfItsOwn() {
        let order = BatchOrder(examples: 10, batchSize: 4, seed: 42)
        var cache = BatchOrder.Cache()
        let epochs = (0..<2).map { epoch in (0..<3).flatMap { order.rows(of: epoch * 3 + $0, in: &cache) } }
        #expect(epochs.allSatisfy { $0.sorted() == Array(0..<10) })
        #expect(epochs[0] != epochs[1])
        var fresh = BatchOrder.Cache()
        #expect(order.rows(of: 4, in: &fresh) == order.rows(of: 4, in: &cache))
    }

    @Test func stepsAreCutIntoBatchesInTheSameOrder() {
        let order = BatchOrder(examples: 11, batchSize: 2, accumulation: 3, seed: 42)
        var cache = BatchOrder.Cache()
        #expect(order.stepsPerEpoch == 2)
        #expect(order.batches(of: 0, in: &cache).map(\.count) == [2, 2, 2])
        #expect(order.batches(of: 1, in: &cache).map(\.count) == [2, 2, 1])
        let whole = BatchOrder(examples: 11, batchSize: 6, seed: 42)
        #expect(order.batches(of: 1, in: &cache).flatMap { $0 } == Array(whole.rows(of: 1, in: &cache)))
    }

    @Test func accuracyCountsWholeCompletions() {
        // Three completions of two tokens: right predictions are all, all, and the first only.
        let examples = (0..<3).map { example($0, prompt: 1, completion: 2) }
        let batch = PackedBatch(examples, promptLossWeight: 0)
        var best = batch.targets
        best[1] = -1
        let outcome = BatchOutcome(batch, TokenOutcomes(loss: [1, 2, 3, 4, 5, 6], best: best))
        #expect(outcome.loss == 3.5)
        #expect(outcome.tokenAccuracy == 5.0 / 6)
        #expect(outcome.sequenceAccuracy == 2.0 / 3)
    }
}

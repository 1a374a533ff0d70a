import TuneModel

extension StepMetrics {
    /// This step with what `other` knows of it and this does not. Services tell a step in pieces: its loss in one event,
    /// its validation in another, the rest in the results file.
    func filled(from other: StepMetrics) -> StepMetrics {
        var step = self
        func fill<Value>(_ figure: WritableKeyPath<StepMetrics, Value?>) {
            if step[keyPath: figure] == nil { step[keyPath: figure] = other[keyPath: figure] }
        }
        if step.totalSteps == 0 { step.totalSteps = other.totalSteps }
        if step.trainingLoss.isNaN { step.trainingLoss = other.trainingLoss }
        fill(\.epoch)
        fill(\.elapsedTokens)
        fill(\.elapsedExamples)
        fill(\.trainingTokenAccuracy)
        fill(\.trainingSequenceAccuracy)
        fill(\.trainingEndingAccuracy)
        fill(\.validationLoss)
        fill(\.validationTokenAccuracy)
        fill(\.validationSequenceAccuracy)
        fill(\.fullValidationLoss)
        fill(\.fullValidationTokenAccuracy)
        fill(\.learningRate)
        fill(\.gradientNorm)
        fill(\.tokensPerSecond)
        fill(\.secondsLeft)
        fill(\.peakMemoryMB)
        return step
    }
}

extension HyperparameterRequest {
    /// What was asked for with what a service told of what really runs.
    func told(_ told: HyperparameterRequest) -> HyperparameterRequest {
        var request = self
        request.method = told.method ?? method
        request.epochs = told.epochs ?? epochs
        request.batchSize = told.batchSize ?? batchSize
        request.learningRate = told.learningRate ?? learningRate
        request.learningRateMultiplier = told.learningRateMultiplier ?? learningRateMultiplier
        request.promptLossWeight = told.promptLossWeight ?? promptLossWeight
        request.seed = told.seed ?? seed
        return request
    }
}

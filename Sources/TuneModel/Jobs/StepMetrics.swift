/// What one optimizer update showed; nil is what whoever ran it did not tell.
public struct StepMetrics: Hashable, Codable, Sendable {
    /// Counted from 1.
    public var step: Int
    /// 0 while it is unknown.
    public var totalSteps: Int
    /// Passes over the data so far, fractional.
    public var epoch: Double?
    /// Tokens seen so far, prompts included, repeats included.
    public var elapsedTokens: Int?
    public var elapsedExamples: Int?
    /// Mean cross-entropy in nats over the step's trained tokens; of preference pairs, the mean DPO loss of a pair, which is
    /// ln 2 where the model is as its reference.
    public var trainingLoss: Double
    /// Share of completion tokens whose teacher-forced argmax is right, 0 to 1; of preference pairs, the better answers'.
    public var trainingTokenAccuracy: Double?
    /// Share of examples whose completion tokens are all right, 0 to 1; of preference pairs, the share ranked right: those
    /// whose better answer the model prefers more than its reference does.
    public var trainingSequenceAccuracy: Double?
    /// Share of examples whose last completion token is right, 0 to 1: what ends an answer. Nil in older jobs.
    public var trainingEndingAccuracy: Double?
    /// Of the validation file, in the same sense.
    public var validationLoss: Double?
    public var validationTokenAccuracy: Double?
    public var validationSequenceAccuracy: Double?
    /// Of the whole validation file, where a service measures single steps on a part of it.
    public var fullValidationLoss: Double?
    public var fullValidationTokenAccuracy: Double?
    public var learningRate: Double?
    /// Before clipping.
    public var gradientNorm: Double?
    /// Tokens processed a second, prompts included, padding never.
    public var tokensPerSecond: Double?
    /// Seconds until the last step at the present speed.
    public var secondsLeft: Double?
    /// Peak resident memory of the training process, in MB (10⁶ bytes).
    public var peakMemoryMB: Double?

    public init(
        step: Int, totalSteps: Int, epoch: Double? = nil, elapsedTokens: Int? = nil, elapsedExamples: Int? = nil,
        trainingLoss: Double,
        trainingTokenAccuracy: Double? = nil, trainingSequenceAccuracy: Double? = nil,
        trainingEndingAccuracy: Double? = nil,
        validation: Evaluation? = nil, learningRate: Double? = nil, gradientNorm: Double? = nil,
        tokensPerSecond: Double? = nil,
        secondsLeft: Double? = nil, peakMemoryMB: Double? = nil
    ) {
        self.step = step
        self.totalSteps = totalSteps
        self.epoch = epoch
        self.elapsedTokens = elapsedTokens
        self.elapsedExamples = elapsedExamples
        self.trainingLoss = trainingLoss
        self.trainingTokenAccuracy = trainingTokenAccuracy
        self.trainingSequenceAccuracy = trainingSequenceAccuracy
        self.trainingEndingAccuracy = trainingEndingAccuracy
        validationLoss = validation?.loss
        validationTokenAccuracy = validation?.tokenAccuracy
        validationSequenceAccuracy = validation?.sequenceAccuracy
        self.learningRate = learningRate
        self.gradientNorm = gradientNorm
        self.tokensPerSecond = tokensPerSecond
        self.secondsLeft = secondsLeft
        self.peakMemoryMB = peakMemoryMB
    }
}

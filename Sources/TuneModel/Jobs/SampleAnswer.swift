/// What the model answered to a chosen prompt while it was being trained.
public struct SampleAnswer: Hashable, Codable, Sendable {
    /// The update after which it was asked; 0 is the model before the first.
    public var step: Int
    public var prompt: String
    public var answer: String

    public init(step: Int, prompt: String, answer: String) {
        self.step = step
        self.prompt = prompt
        self.answer = answer
    }
}

public import Foundation
public import TuneModel

/// Where a model comes from, as its card tells it. What is not known stays out.
public struct ModelStory: Hashable, Sendable {
    public struct DataFile: Hashable, Sendable {
        public var name: String
        /// In hexadecimal, of the bytes that were trained on.
        public var sha256: String?

        public init(name: String, sha256: String?) {
            self.name = name
            self.sha256 = sha256
        }
    }

    /// Such as `ft:smollm2-135m:personal:jargon:2026-11-22-14-03-20`.
    public var name: String
    /// The base model's name.
    public var base: String
    /// Where the base model can be had, such as `HuggingFaceTB/SmolLM2-135M-Instruct`, or its folder.
    public var hubName: String?
    /// Of the base model's file.
    public var baseSHA256: String?
    public var job: String?
    public var createdAt: Date?
    public var training: DataFile?
    public var validation: DataFile?
    public var hyperparameters: Hyperparameters?
    /// The last update, or the best one where that was delivered.
    public var metrics: StepMetrics?
    public var trainedTokens: Int?
    /// What every prompt of the training file ended with.
    public var separator: String?
    /// What every completion of the training file ended with.
    public var ending: String?
    public var isChat = false

    public init(name: String, base: String) {
        self.name = name
        self.base = base
    }

    /// A name for files, such as `smollm2-135m-jargon`.
    public var fileName: String {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.first == "ft", parts.count >= 4 else { return ModelCard.slug(name) }
        return [ModelCard.slug(base), ModelCard.slug(String(parts[3]))].filter { !$0.isEmpty }.joined(separator: "-")
    }
}

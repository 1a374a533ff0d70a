import TuneModel

/// The families that are built like Llama, by the name that their files give them.
enum LlamaFamily: String, CaseIterable, Sendable {
    /// Llama 2 and 3, SmolLM2, TinyLlama; in GGUF files Mistral as well.
    case llama
    case mistral
    /// Qwen2 and Qwen2.5: with biases in q, k and v.
    case qwen2
    /// With norms over each head's queries and keys.
    case qwen3

    /// Linear layers that always have a bias.
    var biased: [LoRATarget] { self == .qwen2 ? [.q, .k, .v] : [] }
    /// Whether each head's queries and keys are normalized before they are rotated.
    var hasHeadNorms: Bool { self == .qwen3 }
}

/// What a fine-tuned model can be written as, for other programs to load.
public enum ExportFormat: String, CaseIterable, Sendable {
    /// The adapter alone, for the peft library.
    case peft
    /// The whole model, for the transformers library.
    case safetensors
    /// The whole model, for llama.cpp.
    case gguf
    /// The adapter alone, for llama.cpp's `--lora`.
    case ggufLoRA = "gguf-lora"

    /// How numbers can be stored, the usual way first.
    public var types: [TensorType] {
        switch self {
        case .peft: [.f32]
        case .safetensors: [.f16, .f32, .bf16]
        case .gguf: [.q80, .f16, .bf16, .f32, .q51, .q50, .q41, .q40]
        case .ggufLoRA: [.f32, .f16, .bf16]
        }
    }

    /// Whether only what was learned is written, which then needs its base model.
    public var isAdapter: Bool { self == .peft || self == .ggufLoRA }
}

extension TensorType {
    /// The type that is called so on a command line, such as `q8_0`; nil when there is none.
    public init?(name: String) {
        guard let type = Self.allCases.first(where: { $0.name.lowercased() == name.lowercased() }) else { return nil }
        self = type
    }
}

/// What a run leaves on disk for its model.
public enum Delivery: Hashable, Sendable {
    /// A folder in PEFT's layout, to be used with the run's base model.
    case adapter(folder: String)
    /// A whole model that needs no base: a GGUF file or a folder of safetensors, as the run's base was.
    case model(path: String)

    /// The folder or file.
    public var path: String {
        switch self {
        case .adapter(let path), .model(let path): path
        }
    }
}

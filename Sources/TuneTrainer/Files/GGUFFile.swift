/// A model file in the GGUF format (versions 2 and 3), mapped into memory.
///
/// Opening reads and checks the whole header; the tensors' bytes stay on disk until they are touched.
/// Nothing in the file is trusted: every count, length and offset is checked, and a fault is an error with its place.
public final class GGUFFile: Sendable {
    public let metadata: GGUFMetadata
    /// In the order of the file.
    public let tensors: [GGUFTensor]
    public let version: Int
    let file: MappedFile
    let header: GGUFHeader
    private let index: [String: Int]

    /// Opens the file at `path`.
    public convenience init(path: String) throws(TrainerError) {
        try self.init(MappedFile(path: path))
    }

    init(_ file: MappedFile) throws(TrainerError) {
        let header = try GGUFHeader(of: file)
        self.file = file
        self.header = header
        version = header.version
        metadata = GGUFMetadata(path: file.path, values: header.metadata)
        tensors = header.tensors
        index = header.index
    }

    public var path: String { file.path }
    /// Size of the file.
    public var byteCount: Int { file.count }
    /// `general.architecture`, such as `llama`.
    public var architecture: String {
        get throws(TrainerError) { try metadata.string("general.architecture") }
    }

    /// The tensor of that name; an error names a missing one.
    public func tensor(_ name: String) throws(TrainerError) -> GGUFTensor {
        guard let tensor = tensorIfPresent(name) else { throw .missingTensor(path: path, name: name) }
        return tensor
    }

    /// The tensor of that name, which must have `shape`.
    public func tensor(_ name: String, shape: [Int]) throws(TrainerError) -> GGUFTensor {
        let tensor = try tensor(name)
        guard tensor.shape == shape else {
            throw .wrongShape(path: path, name: name, expected: shape, found: tensor.shape)
        }
        return tensor
    }

    public func tensorIfPresent(_ name: String) -> GGUFTensor? { index[name].map { tensors[$0] } }

    /// Calls `body` with each key of the metadata and the bytes of its whole entry, in the order of the file.
    func forEachEntry(_ body: (String, UnsafeRawBufferPointer) -> Void) {
        for entry in header.entries { body(entry.key, UnsafeRawBufferPointer(rebasing: file.bytes[entry.byteRange])) }
    }

    /// A tensor's stored bytes, straight from the mapping: valid for as long as this object lives.
    public func bytes(of tensor: GGUFTensor) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: file.bytes[tensor.byteRange])
    }

    /// Calls `body` with a tensor's stored bytes, keeping the file mapped meanwhile.
    public func withBytes<R, E: Error>(
        of tensor: GGUFTensor, _ body: (UnsafeRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        defer { withExtendedLifetime(file) {} }
        return try body(bytes(of: tensor))
    }
}

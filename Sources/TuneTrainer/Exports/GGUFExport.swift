import TuneModel

/// A merged model as one GGUF file.
struct GGUFExport {
    let model: MergedModel
    let type: TensorType
    let story: ModelStory

    /// `general.file_type` of the types that are written.
    static let fileTypes: [TensorType: Int] = [
        .f32: 0, .f16: 1, .q40: 2, .q41: 3, .q80: 7, .q50: 8, .q51: 9, .bf16: 32,
    ]

    /// Writes the file; `progress` gets the bytes written and true stops.
    func write(
        to path: String, on team: Team, progress: @escaping (_ done: Int, _ of: Int) -> Bool
    ) throws(TrainerError) {
        var builder = GGUFBuilder()
        builder.set("general.name", to: .string(story.fileName))
        try builder.carryOver(from: model.base)
        try write(builder, to: path, on: team, progress: progress)
    }

    /// Writes the file with the settings that are given, and those of its type.
    func write(
        _ settings: GGUFBuilder, to path: String, on team: Team,
        progress: @escaping (_ done: Int, _ of: Int) -> Bool = { _, _ in false }
    ) throws(TrainerError) {
        let parts = try self.parts
        var builder = settings
        builder.set("general.file_type", to: .uint32(Self.fileTypes[type] ?? 0))
        builder.set("general.quantization_version", to: .uint32(2))
        for part in parts { builder.add(tensor: part.name, shape: part.shape, type: part.type) }
        let header = builder.header
        let size = header.count + builder.tensorByteCount
        try AtomicFile.write(to: path, size: size) { (draft) throws(TrainerError) in
            var stream = TensorStream(draft, on: team) { progress($0, size) }
            try stream.append(header)
            for part in parts {
                let start = stream.written
                switch part.content {
                case .merged(let tensor):
                    try stream.append(
                        tensor, as: part.type, isInterleaved: model.base.config.isInterleavedInGGUF)
                case .stored(let file, let tensor):
                    try stream.append(file.bytes(of: tensor))
                    withExtendedLifetime(file) {}
                }
                try stream.append(
                    [UInt8](repeating: 0, count: GGUFBuilder.padding(after: stream.written - start)))
            }
        }
    }

    // MARK: -

    private struct Part {
        enum Content {
            case merged(MergedTensor)
            /// Straight from the base model's file.
            case stored(GGUFFile, GGUFTensor)
        }

        let name: String
        let shape: [Int]
        let type: TensorType
        let content: Content

        init(_ tensor: MergedTensor, as type: TensorType) {
            name = tensor.gguf
            shape = tensor.shape
            self.type = type
            content = .merged(tensor)
        }

        init(_ tensor: GGUFTensor, in file: GGUFFile) {
            name = tensor.name
            shape = tensor.shape
            type = tensor.type
            content = .stored(file, tensor)
        }
    }

    /// In the order of a GGUF base, with tensors that the trainer has no name for as they are; else in a checkpoint's.
    private var parts: [Part] {
        get throws(TrainerError) {
            let merged = model.tensors.map { Part($0, as: storedType(of: $0)) }
            guard let file = model.base.ggufFile else { return merged + ropeFactors }
            let byName = Dictionary(uniqueKeysWithValues: merged.map { ($0.name, $0) })
            return file.tensors.map { stored in
                guard let part = byName[stored.name], case .merged(let tensor) = part.content else {
                    return Part(stored, in: file)
                }
                // What is as it was asked for already loses nothing.
                return tensor.pair == nil && stored.type == part.type ? Part(stored, in: file) : part
            }
        }
    }

    /// What a checkpoint says as a rule, a GGUF file keeps as numbers.
    private var ropeFactors: [Part] {
        let divisors = model.base.config.ropeDivisors
        guard let first = divisors.first, !divisors.allSatisfy({ $0 == first }) else { return [] }
        let matrix = Matrix(zeros: 1, divisors.count)
        for (i, divisor) in divisors.enumerated() { matrix.base[i] = divisor }
        let name = TensorRole.ropeFactors.ggufName
        return [Part(MergedTensor(gguf: name, .floats(matrix), shape: [divisors.count]), as: .f32)]
    }

    /// Norms stay in full, the head keeps eight bits where the rest has fewer, and what has no whole blocks is halved.
    private func storedType(of tensor: MergedTensor) -> TensorType {
        if tensor.shape.count == 1 { return .f32 }
        let head: TensorRole = model.base.config.tiesHead ? .embedding : .head
        let isCoarse = type.blockSize > 1 && type != .q80
        let wanted = isCoarse && tensor.gguf == head.ggufName ? .q80 : type
        return tensor.columns % wanted.blockSize == 0 ? wanted : .f16
    }
}

extension PretrainedModel {
    /// The file of a model that is one.
    var ggufFile: GGUFFile? { (container as? GGUFContainer)?.file }
}

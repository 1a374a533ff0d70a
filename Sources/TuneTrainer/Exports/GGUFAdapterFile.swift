import TuneModel

/// An adapter as a GGUF file, as llama.cpp takes it with `--lora`.
enum GGUFAdapterFile {
    /// Writes the adapter of a model of these sizes; `progress` gets the bytes written and true stops.
    static func write(
        _ adapter: Adapter, for config: LlamaConfig, type: TensorType, story: ModelStory, to path: String,
        on team: Team, progress: @escaping (_ done: Int, _ of: Int) -> Bool
    ) throws(TrainerError) {
        let layout = adapter.layout
        var builder = GGUFBuilder()
        builder.set("general.architecture", to: .string(config.ggufFamily))
        builder.set("general.type", to: .string("adapter"))
        builder.set("general.name", to: .string(story.fileName))
        builder.set("general.file_type", to: .uint32(GGUFExport.fileTypes[type] ?? 0))
        builder.set("general.base_model.count", to: .uint32(1))
        builder.set("general.base_model.0.name", to: .string(story.base))
        builder.set("adapter.type", to: .string("lora"))
        // The reader multiplies by alpha / rank, whichever way the scale came about.
        builder.set("adapter.lora.alpha", to: .float32(Double(layout.scale) * Double(layout.rank)))
        let tensors = layout.sites.flatMap { site in
            let pair = adapter.pair(site)
            let name = name(of: site)
            func tensor(_ side: String, _ matrix: Matrix, headSize: Int? = nil) -> MergedTensor {
                MergedTensor(
                    gguf: "\(name).\(side)", .floats(matrix), shape: [matrix.rows, matrix.columns],
                    headSize: headSize)
            }
            return [
                tensor("lora_a", pair.a),
                tensor("lora_b", pair.b, headSize: site.target.isRotated ? config.headSize : nil),
            ]
        }
        for tensor in tensors { builder.add(tensor: tensor.gguf, shape: tensor.shape, type: type) }
        let header = builder.header
        let size = header.count + builder.tensorByteCount
        try AtomicFile.write(to: path, size: size) { (draft) throws(TrainerError) in
            var stream = TensorStream(draft, on: team) { progress($0, size) }
            try stream.append(header)
            for tensor in tensors {
                let start = stream.written
                try stream.append(tensor, as: type, isInterleaved: config.isInterleavedInGGUF)
                try stream.append([UInt8](repeating: 0, count: GGUFBuilder.padding(after: stream.written - start)))
            }
        }
    }

    /// Reads an adapter made for a model of these sizes, which has to be of the architecture that the file names.
    static func read(_ path: String, for config: LlamaConfig) throws(TrainerError) -> Adapter {
        let file = try GGUFFile(path: path)
        let family = try file.architecture
        guard family == config.ggufFamily else { throw .unsupportedFamily(path: path, name: family) }
        let kind = try file.metadata.string("adapter.type")
        guard kind == "lora" else { throw .unsupportedFeature(path: path, name: "adapter.type \(kind)") }
        let targets = LoRATarget.allCases.filter { file.tensorIfPresent("blk.0.\($0.ggufName).weight.lora_a") != nil }
        guard let first = targets.first else { throw .missingTensor(path: path, name: "blk.0.attn_q.weight.lora_a") }
        let rank = try file.tensor("blk.0.\(first.ggufName).weight.lora_a").rows
        let alpha = try file.metadata.number("adapter.lora.alpha")
        let adapter = Adapter(AdapterLayout(config: config, rank: rank, alpha: alpha, targets: targets))
        for site in adapter.layout.sites {
            let pair = adapter.pair(site)
            for (matrix, side) in [(pair.a, "lora_a"), (pair.b, "lora_b")] {
                let name = "\(name(of: site)).\(side)"
                let tensor = try file.tensor(name)
                guard tensor.shape == [matrix.rows, matrix.columns] else {
                    throw .adapterMismatch(
                        path: path, tensor: name, expected: [matrix.rows, matrix.columns], found: tensor.shape)
                }
                let isInterleaved = config.isInterleavedInGGUF && side == "lora_b" && site.target.isRotated
                let order = isInterleaved ? StoredTensor.RowOrder.interleaved(headSize: config.headSize) : .asUsed
                WeightMatrix(StoredTensor(tensor, in: file, order: order))
                    .dequantize(0..<matrix.rows, into: matrix.base)
            }
        }
        return adapter
    }

    private static func name(of site: AdapterLayout.Site) -> String {
        "blk.\(site.layer).\(site.target.ggufName).weight"
    }
}

import Foundation
import TuneModel

/// An adapter on disk, in the layout of the PEFT library: `adapter_config.json` and `adapter_model.safetensors`.
enum AdapterFile {
    static let configName = "adapter_config.json"
    static let weightsName = "adapter_model.safetensors"
    /// Bytes of a configuration that may make sense.
    private static let longestConfig = 1 << 20

    /// Writes the folder; both files are whole or absent, the numbers first.
    static func write(_ adapter: Adapter, baseModel: String, to folder: String) throws(TrainerError) {
        try AtomicFile.makeFolder(folder)
        try Safetensors.write(tensors(of: adapter), metadata: ["format": "pt"], to: "\(folder)/\(weightsName)")
        let layout = adapter.layout
        let config = Config(
            baseModel: baseModel, rank: layout.rank, alpha: layout.alpha, isRankStabilized: layout.isRankStabilized,
            dropout: layout.dropout,
            targets: LoRATarget.allCases.map(\.rawValue).filter { name in
                layout.sites.contains { $0.target.rawValue == name }
            })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let json = String(decoding: try! encoder.encode(config), as: UTF8.self) + "\n"
        try AtomicFile.write(json, to: "\(folder)/\(configName)")
    }

    /// Reads an adapter made for a model of these sizes.
    static func read(_ folder: String, for model: LlamaConfig) throws(TrainerError) -> Adapter {
        let path = "\(folder)/\(configName)"
        let file = try MappedFile(path: path)
        guard file.count <= longestConfig else { throw .damagedAdapter(path: path, byteOffset: longestConfig) }
        return try read(
            file,
            weights: { () throws(TrainerError) in
                try Safetensors(path: "\(folder)/\(weightsName)")
            }, for: model)
    }

    /// The same from an opened configuration; `weights` opens the numbers once that is found sound.
    static func read(
        _ configuration: MappedFile, weights: () throws(TrainerError) -> Safetensors, for model: LlamaConfig
    ) throws(TrainerError) -> Adapter {
        let path = configuration.path
        let config: Config
        do {
            config = try JSONDecoder().decode(Config.self, from: Data(configuration.bytes))
        } catch {
            throw .damagedAdapter(path: path, byteOffset: 0)
        }
        guard (1...4_096).contains(config.rank), Float(config.alpha / Double(config.rank)).isFinite,
            (0..<1).contains(config.dropout ?? 0)
        else { throw .damagedAdapter(path: path, byteOffset: 0) }
        if let feature = config.unknownFeature { throw .unsupportedFeature(path: path, name: feature) }
        let targets = config.targets.compactMap(LoRATarget.init)
        guard !targets.isEmpty, targets.count == config.targets.count else {
            throw .damagedAdapter(path: path, byteOffset: 0)
        }
        let layout = AdapterLayout(
            config: model, rank: config.rank, alpha: config.alpha, targets: targets,
            isRankStabilized: config.isRankStabilized ?? false, dropout: config.dropout ?? 0)
        let weights = try weights()
        try refuseForeign(weights, layout, for: model)
        // Before there is memory for them: a rank alone is only a claim.
        for site in layout.sites {
            let names = names(of: site)
            _ = try weights.bytes(names.a, shape: [layout.rank, site.inputs])
            _ = try weights.bytes(names.b, shape: [site.outputs, layout.rank])
        }
        let adapter = Adapter(layout)
        for tensor in tensors(of: adapter) { try weights.copy(tensor.name, shape: tensor.shape, to: tensor.values) }
        return adapter
    }

    /// What an adapter changes beyond the base model's linear layers: more blocks than there are, or another vocabulary.
    private static func refuseForeign(
        _ weights: Safetensors, _ layout: AdapterLayout, for model: LlamaConfig
    ) throws(TrainerError) {
        let known = Set(layout.sites.flatMap { site in [names(of: site).a, names(of: site).b] })
        for (name, entry) in weights.entries.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
            let isVocabulary = name.hasSuffix("embed_tokens.weight") || name.hasSuffix("lm_head.weight")
            let rows = [model.vocabulary, model.hidden]
            if isVocabulary, entry.shape != rows {
                throw .adapterMismatch(path: weights.path, tensor: name, expected: rows, found: entry.shape)
            }
            throw .adapterExceeds(path: weights.path, tensor: name, shape: entry.shape)
        }
    }

    /// Every matrix with the name that PEFT gives it.
    static func tensors(of adapter: Adapter) -> [(name: String, shape: [Int], values: Matrix)] {
        adapter.layout.sites.flatMap { site in
            let pair = adapter.pair(site)
            let names = names(of: site)
            return [(names.a, pair.a), (names.b, pair.b)].map {
                (name: $0.0, shape: [$0.1.rows, $0.1.columns], values: $0.1)
            }
        }
    }

    private static func names(of site: AdapterLayout.Site) -> (a: String, b: String) {
        let layer = "base_model.model.model.layers.\(site.layer).\(site.target.module).\(site.target.rawValue)"
        return ("\(layer).lora_A.weight", "\(layer).lora_B.weight")
    }

    /// The part of PEFT's configuration that gives the numbers their meaning.
    private struct Config: Codable {
        var kind = "LORA"
        var task: String? = "CAUSAL_LM"
        var baseModel: String
        var rank: Int
        var alpha: Double
        var isRankStabilized: Bool?
        var dropout: Double?
        var bias: String? = "none"
        var targets: [String]
        var isForInference: Bool? = true
        var hasTransposedWeights: Bool? = false
        var isDecomposed: Bool?
        var ranks: [String: Int]?
        var alphas: [String: Double]?

        /// What the adapter would need that is not done here: taken as a plain one, it would answer wrongly.
        var unknownFeature: String? {
            if kind != "LORA" { return "peft_type \(kind)" }
            if isDecomposed == true { return "use_dora" }
            if ranks?.isEmpty == false { return "rank_pattern" }
            if alphas?.isEmpty == false { return "alpha_pattern" }
            if bias ?? "none" != "none" { return "bias \(bias ?? "")" }
            return nil
        }

        private enum CodingKeys: String, CodingKey {
            case kind = "peft_type"
            case task = "task_type"
            case baseModel = "base_model_name_or_path"
            case rank = "r"
            case alpha = "lora_alpha"
            case isRankStabilized = "use_rslora"
            case dropout = "lora_dropout"
            case bias
            case targets = "target_modules"
            case isForInference = "inference_mode"
            case hasTransposedWeights = "fan_in_fan_out"
            case isDecomposed = "use_dora"
            case ranks = "rank_pattern"
            case alphas = "alpha_pattern"
        }
    }
}

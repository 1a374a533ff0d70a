import Foundation
import TuneModel

/// An adapter on disk, in the layout of the PEFT library: `adapter_config.json` and `adapter_model.safetensors`.
enum AdapterFile {
    private static let configName = "adapter_config.json"
    private static let weightsName = "adapter_model.safetensors"

    /// Writes the folder; both files are whole or absent, the numbers first.
    static func write(_ adapter: Adapter, baseModel: String, to folder: String) throws(TrainerError) {
        try AtomicFile.makeFolder(folder)
        try Safetensors.write(tensors(of: adapter), metadata: ["format": "pt"], to: "\(folder)/\(weightsName)")
        let layout = adapter.layout
        let config = Config(
            base_model_name_or_path: baseModel, r: layout.rank,
            lora_alpha: Double(layout.scale) * Double(layout.rank),
            target_modules: LoRATarget.allCases.map(\.rawValue).filter { name in
                layout.sites.contains { $0.target.rawValue == name }
            })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try AtomicFile.write(String(decoding: try! encoder.encode(config), as: UTF8.self) + "\n", to: "\(folder)/\(configName)")
    }

    /// Reads an adapter made for a model of these sizes.
    static func read(_ folder: String, for model: LlamaConfig) throws(TrainerError) -> Adapter {
        let path = "\(folder)/\(configName)"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .cannotOpen(path: path, reason: String(cString: strerror(ENOENT)))
        }
        guard let config = try? JSONDecoder().decode(Config.self, from: data), (1...4_096).contains(config.r),
            config.lora_alpha.isFinite
        else { throw .damagedAdapter(path: path, byteOffset: 0) }
        let targets = config.target_modules.compactMap(LoRATarget.init)
        guard !targets.isEmpty, targets.count == config.target_modules.count else {
            throw .damagedAdapter(path: path, byteOffset: 0)
        }
        let adapter = Adapter(
            AdapterLayout(config: model, rank: config.r, alpha: config.lora_alpha, targets: targets))
        let weights = try Safetensors(path: "\(folder)/\(weightsName)")
        for tensor in tensors(of: adapter) { try weights.copy(tensor.name, shape: tensor.shape, to: tensor.values) }
        return adapter
    }

    /// Every matrix with the name that PEFT gives it.
    static func tensors(of adapter: Adapter) -> [(name: String, shape: [Int], values: Matrix)] {
        adapter.layout.sites.flatMap { site in
            let pair = adapter.pair(site)
            let layer = "base_model.model.model.layers.\(site.layer).\(site.target.module).\(site.target.rawValue)"
            return [("\(layer).lora_A.weight", pair.a), ("\(layer).lora_B.weight", pair.b)].map {
                (name: $0.0, shape: [$0.1.rows, $0.1.columns], values: $0.1)
            }
        }
    }

    /// The part of PEFT's configuration that gives the numbers their meaning.
    private struct Config: Codable {
        var peft_type = "LORA"
        var task_type = "CAUSAL_LM"
        var base_model_name_or_path: String
        var r: Int
        var lora_alpha: Double
        var lora_dropout = 0.0
        var bias = "none"
        var target_modules: [String]
        var inference_mode = true
        var fan_in_fan_out = false

        private enum CodingKeys: String, CodingKey {
            case peft_type, task_type, base_model_name_or_path, r, lora_alpha, lora_dropout, bias, target_modules
            case inference_mode, fan_in_fan_out
        }
    }
}

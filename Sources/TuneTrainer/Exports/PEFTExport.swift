import Foundation

/// An adapter as a folder of the peft library.
enum PEFTExport {
    /// What the library wants to know beside what a job's own folder says; the job's settings win.
    private static var usual: [String: Any] {
        [
            "auto_mapping": NSNull(), "bias": "none", "fan_in_fan_out": false, "inference_mode": true,
            "init_lora_weights": true, "layers_pattern": NSNull(), "layers_to_transform": NSNull(), "lora_dropout": 0,
            "modules_to_save": NSNull(), "peft_type": "LORA", "rank_pattern": [String: Any](),
            "alpha_pattern": [String: Any](), "revision": NSNull(), "task_type": "CAUSAL_LM", "use_dora": false,
            "use_rslora": false,
        ]
    }

    /// Copies the job's adapter into `folder`, with `base` as where the base model is to be found.
    static func write(_ adapterFolder: String, base: String, to folder: String) throws(TrainerError) {
        try AtomicFile.makeFolder(folder)
        let weights = try MappedFile(path: "\(adapterFolder)/\(AdapterFile.weightsName)")
        try AtomicFile.write([weights.bytes], to: "\(folder)/\(AdapterFile.weightsName)")
        withExtendedLifetime(weights) {}

        let path = "\(adapterFolder)/\(AdapterFile.configName)"
        let config = try MappedFile(path: path)
        guard let settings = try? JSONSerialization.jsonObject(with: Data(config.bytes)) as? [String: Any] else {
            throw .damagedAdapter(path: path, byteOffset: 0)
        }
        var all = usual.merging(settings) { $1 }
        all["base_model_name_or_path"] = base
        let json = try! JSONSerialization.data(
            withJSONObject: all, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        try AtomicFile.write(
            String(decoding: json, as: UTF8.self) + "\n", to: "\(folder)/\(AdapterFile.configName)")
    }
}

import Foundation
import TuneModel

/// A base model in a folder, as the transformers library writes it: `config.json`, `tokenizer.json`, and the weights
/// in `model.safetensors`, or in parts that `model.safetensors.index.json` names.
struct FolderContainer: ModelContainer {
    let folder: String
    private let settings: JSONSettings
    private let parts: [Part]
    /// The part that holds each tensor.
    private let index: [String: Int]

    private struct Part: Sendable {
        let file: MappedFile
        let header: SafetensorsHeader
    }

    static let configName = "config.json"
    static let weightsName = "model.safetensors"
    static let indexName = "model.safetensors.index.json"
    /// Read when they are there.
    static let extraNames = [
        "tokenizer.json", "tokenizer_config.json", "chat_template.jinja", "generation_config.json",
        "special_tokens_map.json",
    ]

    init(_ folder: String) throws(TrainerError) {
        self.folder = folder
        settings = try JSONSettings(path: "\(folder)/\(Self.configName)")
        let weights = "\(folder)/\(Self.weightsName)"
        let names =
            FileManager.default.fileExists(atPath: weights) ? [Self.weightsName] : try Self.partNames(in: folder)
        var (parts, index): ([Part], [String: Int]) = ([], [:])
        for name in names {
            let file = try MappedFile(path: "\(folder)/\(name)")
            let part = Part(file: file, header: try SafetensorsHeader(of: file))
            for tensor in part.header.entries.keys {
                guard index.updateValue(parts.count, forKey: tensor) == nil else {
                    throw .damagedSafetensors(path: file.path, byteOffset: 8, .entry(tensor: tensor))
                }
            }
            parts.append(part)
        }
        (self.parts, self.index) = (parts, index)
    }

    var byteCount: Int { parts.reduce(0) { $0 + $1.file.count } }

    var files: [String] {
        let extras = ([Self.configName, Self.indexName] + Self.extraNames).map { "\(folder)/\($0)" }
        return extras.filter { FileManager.default.fileExists(atPath: $0) } + parts.map(\.file.path)
    }

    func config() throws(TrainerError) -> LlamaConfig { try LlamaConfig(settings) }

    func name(of role: TensorRole) -> String { role.checkpointName ?? role.ggufName }

    func tensorIfPresent(_ role: TensorRole, _ config: LlamaConfig) throws(TrainerError) -> StoredTensor? {
        // A head that the model ties is a copy which the library that wrote it does not read either.
        if role == .head, config.tiesHead { return nil }
        guard let name = role.checkpointName, let place = index[name], let entry = parts[place].header.entries[name]
        else { return nil }
        let file = parts[place].file
        let type: TensorType
        switch entry.dtype {
        case "F32": type = .f32
        case "F16": type = .f16
        case "BF16": type = .bf16
        default:
            throw .damagedSafetensors(
                path: file.path, byteOffset: entry.place, .type(tensor: name, name: entry.dtype))
        }
        guard !entry.shape.isEmpty, !entry.byteRange.isEmpty else {
            throw .wrongShape(path: file.path, name: name, expected: role.shape(in: config), found: entry.shape)
        }
        return StoredTensor(name: name, type: type, shape: entry.shape, file: file, byteRange: entry.byteRange)
    }

    func tokenizer() throws(TrainerError) -> Tokenizer {
        Tokenizer(try TokenizerParts(folder: folder, model: settings))
    }

    func chatTemplate() throws(TrainerError) -> ChatTemplate {
        let tokens = try JSONSettings.ifPresent("\(folder)/tokenizer_config.json")
        let older = try JSONSettings.ifPresent("\(folder)/special_tokens_map.json")
        var specials: [String: String] = [:]
        for name in ["bos_token", "eos_token", "unk_token", "pad_token"] {
            let values = [tokens[name], older[name]]
            specials[name] = values.lazy.compactMap { $0.text ?? $0["content"].text }.first
        }
        guard let (source, path) = try templateSource() else { throw .noChatTemplate(path: folder) }
        return try ChatTemplate(source: source, specials: specials, path: path)
    }

    /// The chat template as it stands, and the file that has it: one of its own, else the tokenizer's settings.
    func templateSource() throws(TrainerError) -> (source: String, path: String)? {
        let path = "\(folder)/chat_template.jinja"
        if FileManager.default.fileExists(atPath: path) {
            let file = try MappedFile(path: path)
            guard let source = String(validating: file.bytes, as: UTF8.self) else {
                throw .unknownChatTemplate(path: path, construct: "text that is not UTF-8")
            }
            return (source, path)
        }
        let tokens = try JSONSettings.ifPresent("\(folder)/tokenizer_config.json")
        // Several templates have names; the one for everything is called so.
        let named = tokens["chat_template"].elements?.first { $0["name"].text == "default" }
        return (tokens["chat_template"].text ?? named?["template"].text).map { ($0, tokens.path) }
    }

    /// The files that the index names, each once, in the order of their names.
    private static func partNames(in folder: String) throws(TrainerError) -> [String] {
        let path = "\(folder)/\(indexName)"
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch {
            // What a newcomer's folder lacks is the usual single file.
            throw .cannotOpen(path: "\(folder)/\(weightsName)", reason: String(cString: strerror(ENOENT)))
        }
        defer { withExtendedLifetime(file) {} }
        var names: Set<String> = []
        var reader = JSONReader(file.bytes, path: path)
        try reader.readObject { (reader, key) throws(TrainerError) in
            guard key == "weight_map" else { return try reader.skip() }
            try reader.readObject { (reader, _) throws(TrainerError) in
                let name = try reader.readString()
                guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), !name.contains("\0") else {
                    throw .badShardName(path: path, name: name)
                }
                names.insert(name)
            }
        }
        guard !names.isEmpty else { throw .missingMetadata(path: path, key: "weight_map") }
        return names.sorted()
    }
}

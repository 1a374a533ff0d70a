import Foundation

/// All files of a transformers folder but the numbers.
struct CheckpointFiles {
    /// Names and texts.
    let files: [(name: String, text: String)]

    init(_ base: PretrainedModel, type: TensorType) throws(TrainerError) {
        switch base.container {
        case let container as GGUFContainer:
            let config = try CheckpointConfig(container.file, base.config, type: type)
            let tokenizer = try TokenizerFiles(container.file, modelMaxLength: base.config.contextLength)
            files = config.files + tokenizer.files
        case let container as FolderContainer:
            files = try Self.copied(from: container.folder, type: type)
        default: preconditionFailure("a base model is a file or a folder")
        }
    }

    /// A folder's own files, in which only the type of the numbers is another.
    private static func copied(
        from folder: String, type: TensorType
    ) throws(TrainerError) -> [(name: String, text: String)] {
        let settings = try JSONSettings(path: "\(folder)/\(FolderContainer.configName)")
        guard case .object(var values) = settings.values else { return [] }
        // Newer files say `dtype`, older ones `torch_dtype`.
        let key = values["dtype"] == nil ? "torch_dtype" : "dtype"
        values[key] = .string(type.torchName)
        var files = [(FolderContainer.configName, JSONText(.object(values)).written())]
        for name in FolderContainer.extraNames {
            let path = "\(folder)/\(name)"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            let file = try MappedFile(path: path)
            files.append((name, String(decoding: file.bytes, as: UTF8.self)))
            withExtendedLifetime(file) {}
        }
        return files
    }
}

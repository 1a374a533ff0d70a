import Foundation
import TuneModel

@testable import TuneTrainer

/// Everything that reads a file which somebody else made. What is not refused with an error is used, and must hold
/// what it promises; a broken promise is a trap.
enum FuzzedParser: String, CaseIterable {
    /// The container with its settings and tensors.
    case gguf
    /// A GGUF file as a model: sizes, weights, tokenizer.
    case model
    case safetensors
    /// `config.json` of a folder.
    case config
    /// `model.safetensors.index.json` of a folder.
    case index
    /// Vocabularies that are made to be nearly sound, and texts.
    case tokenizer
    /// `tokenizer.json` of a folder.
    case vocabulary
    /// A chat template, followed for a conversation.
    case template
    /// `adapter_config.json` and its numbers.
    case adapter
    case checkpoint

    func read(_ bytes: UnsafeRawBufferPointer) {
        do throws(TrainerError) {
            switch self {
            case .gguf: try Self.readGGUF(MappedFile(copying: bytes, named: "f"))
            case .model: try Self.readModel(MappedFile(copying: bytes, named: "f"))
            case .safetensors: try Self.readSafetensors(MappedFile(copying: bytes, named: "f"))
            case .config: try Self.readConfig(MappedFile(copying: bytes, named: "f"))
            case .index: try Self.readIndex(bytes)
            case .tokenizer: try FuzzedVocabulary(bytes).read()
            case .vocabulary: try Self.readVocabulary(bytes)
            case .template: try Self.readTemplate(bytes)
            case .adapter: try Self.readAdapter(bytes)
            case .checkpoint: Self.readCheckpoint(bytes)
            }
        } catch {
            // Every error has its words, and a place within the file.
            _ = error.explanation
            switch error {
            case .damaged(_, let offset, _), .damagedSafetensors(_, let offset, _), .damagedJSON(_, let offset, _):
                precondition((0...bytes.count).contains(offset), "\(error)")
            default: break
            }
        }
    }

    // MARK: -

    private static func readGGUF(_ mapping: MappedFile) throws(TrainerError) {
        let file = try GGUFFile(mapping)
        for key in file.metadata.keys {
            guard case .array(let array) = file.metadata[key] else { continue }
            if let integers = array.integers() { precondition(integers.count == array.count) }
            if let numbers = array.numbers() { precondition(numbers.count == array.count) }
            var strings = 0
            if array.forEachString({ index, text in
                precondition(index == strings)
                strings += 1
                touch(text)
            }) {
                precondition(strings == array.count)
            }
        }
        for tensor in file.tensors {
            let bytes = file.bytes(of: tensor)
            touch(bytes)
            precondition(bytes.count == tensor.rows * tensor.type.rowBytes(tensor.columns))
            if bytes.count < 4_096 { precondition(Dequantize.floats(bytes, as: tensor.type).count == tensor.count) }
        }
    }

    private static func readModel(_ mapping: MappedFile) throws(TrainerError) {
        let model = try PretrainedModel(GGUFContainer(GGUFFile(mapping)), path: "f")
        let summary = try ModelSummary.read(model)
        let tokenizer = try model.tokenizer()
        for id in tokenizer.encode("abcab <end>é") { precondition((0..<summary.vocabulary).contains(Int(id))) }
    }

    private static func readSafetensors(_ mapping: MappedFile) throws(TrainerError) {
        let file = try Safetensors(mapping)
        for (name, entry) in file.entries where entry.byteRange.count < 4_096 {
            let target = Matrix(zeros: 1, entry.byteRange.count / 4)
            if target.count > 0 { try file.copy(name, shape: entry.shape, to: target) }
        }
    }

    private static func readConfig(_ mapping: MappedFile) throws(TrainerError) {
        let config = try LlamaConfig(JSONSettings(mapping))
        precondition(config.heads % config.keyValueHeads == 0 && config.headSize % 2 == 0 && config.headSize > 0)
        let roles: [TensorRole] = [.embedding, .weight(layer: 0, .q), .weight(layer: 0, .down), .bias(layer: 0, .k)]
        for role in roles { precondition(role.shape(in: config).allSatisfy { $0 > 0 }) }
        precondition(config.ropeDivisors.isEmpty || config.ropeDivisors.count == config.headSize / 2)
    }

    private static func readIndex(_ bytes: UnsafeRawBufferPointer) throws(TrainerError) {
        put(bytes, "model.safetensors.index.json")
        let container = try FolderContainer(folder)
        precondition(container.files.allSatisfy { $0.hasPrefix(folder + "/") })
        _ = try container.tensorIfPresent(.embedding, base)
    }

    private static func readVocabulary(_ bytes: UnsafeRawBufferPointer) throws(TrainerError) {
        let tokenizer = Tokenizer(try TokenizerParts(TokenizerFile(bytes, path: "f")))
        for text in ["abcab <end>é", " \u{2581} a\u{301}👩‍👩‍👧\n\0"] {
            let (ids, ranges) = tokenizer.encodeWithRanges(text)
            precondition(ids == tokenizer.encode(text) && ids.count == ranges.count)
            precondition(ids.allSatisfy { (0..<tokenizer.count).contains(Int($0)) })
            _ = tokenizer.decode(ids)
        }
    }

    private static func readTemplate(_ bytes: UnsafeRawBufferPointer) throws(TrainerError) {
        let source = String(decoding: bytes, as: UTF8.self)
        let template = try ChatTemplate(source: source, specials: ["bos_token": "<s>", "eos_token": "</s>"], path: "f")
        let messages = [Message(role: "user", content: "What?"), Message(role: "assistant", content: " é'\"\n")]
        let text = try template.render(messages, promptsAnswer: true)
        precondition(text.utf8.count <= 1 << 24)
    }

    /// A model that adapters can be made for.
    private static let base: LlamaConfig = {
        let bytes = ModelWriter().file().bytes
        let file = bytes.withUnsafeBytes { MappedFile(copying: $0, named: "base") }
        return try! LlamaConfig(GGUFFile(file))
    }()

    /// The length of the configuration in two bytes, the configuration, the numbers.
    private static func readAdapter(_ bytes: UnsafeRawBufferPointer) throws(TrainerError) {
        guard bytes.count >= 2 else { return }
        let cut = min(bytes.count, 2 + Int(bytes[0]) + Int(bytes[1]) << 8)
        let configuration = MappedFile(copying: UnsafeRawBufferPointer(rebasing: bytes[2..<cut]), named: "config")
        let numbers = MappedFile(copying: UnsafeRawBufferPointer(rebasing: bytes[cut...]), named: "numbers")
        let read = { () throws(TrainerError) in try Safetensors(numbers) }
        _ = try AdapterFile.read(configuration, weights: read, for: base)
    }

    /// A folder in memory, with a sound `config.json` and a part of a model, `part`.
    private static let folder: String = {
        let base = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        let folder = "\(base)/fuzz-\(getpid())"
        try! FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try! Data("{}".utf8).write(to: URL(filePath: folder + "/config.json"))
        try! Data([2, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x7D]).write(to: URL(filePath: folder + "/part"))
        atexit { try? FileManager.default.removeItem(atPath: FuzzedParser.folder) }
        return folder
    }()

    private static func put(_ bytes: UnsafeRawBufferPointer, _ name: String) {
        let file = open(folder + "/" + name, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        precondition(write(file, bytes.baseAddress, bytes.count) == bytes.count)
        close(file)
    }

    private static func readCheckpoint(_ bytes: UnsafeRawBufferPointer) {
        put(bytes, "step-1.safetensors")
        let numbers = [Matrix(zeros: 1, 8), Matrix(zeros: 1, 8)]
        let parts: SealedFile.Parts = ["adapter": numbers[0], "m": numbers[1]]
        let state = Checkpoint(folder: folder).restore(parts, fingerprint: "f")
        precondition(state == nil || state?.step == 1)
    }

    /// Reads the first and the last byte.
    static func touch(_ bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.first, let last = bytes.last else { return }
        withExtendedLifetime(first &+ last) {}
    }
}

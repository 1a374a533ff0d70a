import TuneModel

/// A merged model as a folder of the transformers library: numbers, settings, tokenizer, chat template.
struct SafetensorsExport {
    let model: MergedModel
    let type: TensorType

    static let weightsName = "model.safetensors"

    /// Writes the folder's files; `progress` gets the bytes of the numbers written and true stops.
    func write(
        to folder: String, on team: Team, progress: @escaping (_ done: Int, _ of: Int) -> Bool
    ) throws(TrainerError) {
        // First what can be refused at once.
        for (name, text) in try CheckpointFiles(model.base, type: type).files {
            try AtomicFile.write(text, to: "\(folder)/\(name)")
        }
        try writeNumbers(to: "\(folder)/\(Self.weightsName)", on: team, progress: progress)
    }

    /// Writes the file of the numbers alone.
    func writeNumbers(
        to path: String, on team: Team,
        progress: @escaping (_ done: Int, _ of: Int) -> Bool = { _, _ in false }
    ) throws(TrainerError) {
        var header = SafetensorsBuilder()
        let tensors = model.tensors.filter { $0.checkpoint != nil }
        for tensor in tensors { header.add(tensor.checkpoint!, shape: tensor.shape, type: type) }
        let head = header.bytes
        let size = head.count + header.byteCount
        try AtomicFile.write(to: path, size: size) { (draft) throws(TrainerError) in
            var stream = TensorStream(draft, on: team) { progress($0, size) }
            try stream.append(head)
            for tensor in tensors { try stream.append(tensor, as: type) }
        }
    }
}

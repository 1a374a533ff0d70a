import Foundation
import TuneModel

/// A base model with trained weights in the place of its own: in f32, as they were trained; all else is the base's.
struct WholeModel {
    let base: PretrainedModel
    /// Whole weights.
    let trained: Adapter

    /// Writes it as its base is kept, a GGUF file or a folder of safetensors, and returns its path.
    func write(into folder: String) throws(TrainerError) -> String {
        try AtomicFile.makeFolder(folder)
        var replaced: [String: Replacement] = [:]
        for site in trained.layout.sites {
            let tensor = try base.tensor(.weight(layer: site.layer, site.target))
            replaced[tensor.name] = Replacement(values: trained.weight(site), order: tensor.order)
        }
        if MappedFile.isFolder(base.path) {
            try writeSafetensors(replaced, into: folder)
            return folder
        }
        let path = "\(folder)/model.gguf"
        try GGUFRevision(original: GGUFFile(path: base.path)).write(to: path) { replaced[$0.name]?.rows }
        return path
    }

    private struct Replacement {
        let values: Matrix
        let order: StoredTensor.RowOrder

        /// In the order that the file has them.
        var rows: [UnsafeRawBufferPointer] {
            var rows = Array(repeating: UnsafeRawBufferPointer(start: nil, count: 0), count: values.rows)
            for row in 0..<values.rows { rows[order.place(of: row)] = values[rows: row..<row + 1].bytes }
            return rows
        }
    }

    /// One file of weights, whatever the base's parts were, and beside it what else the base's folder has.
    private func writeSafetensors(_ replaced: [String: Replacement], into folder: String) throws(TrainerError) {
        for path in base.files {
            let name = (path as NSString).lastPathComponent
            guard !name.hasSuffix(".safetensors"), name != FolderContainer.indexName else { continue }
            let file = try MappedFile(path: path)
            defer { withExtendedLifetime(file) {} }
            try AtomicFile.write([file.bytes], to: "\(folder)/\(name)")
        }
        let tensors = try base.tensors()
        let parts = tensors.map { tensor in
            let new = replaced[tensor.name]
            return Safetensors.Part(
                name: tensor.name, dtype: new == nil ? tensor.type.name : "F32", shape: tensor.shape,
                bytes: new?.values.bytes ?? tensor.bytes)
        }
        defer { withExtendedLifetime(tensors) {} }
        try Safetensors.write(parts, metadata: ["format": "pt"], to: "\(folder)/\(FolderContainer.weightsName)")
    }
}

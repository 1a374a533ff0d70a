import Foundation
import TuneModel

/// Where a run puts what it has learned: an adapter's folder, or a whole model.
struct TrainedFiles {
    let base: PretrainedModel
    /// The base model's name, kept with an adapter.
    let baseName: String
    /// The job's folder.
    let folder: String

    private static let weightsName = "weights.safetensors"
    private var bestFolder: String { "\(folder)/checkpoints/best" }

    /// Keeps the best so far by validation.
    func keepBest(_ trained: Adapter) throws(TrainerError) {
        switch trained.layout.tuning {
        case .lora: try AdapterFile.write(trained, baseModel: baseName, to: bestFolder)
        case .full:
            try AtomicFile.makeFolder(bestFolder)
            try Safetensors.write(tensors(of: trained), metadata: [:], to: "\(bestFolder)/\(Self.weightsName)")
        }
    }

    /// What was kept as the best, in memory of its own.
    func best(_ layout: AdapterLayout) throws(TrainerError) -> Adapter {
        switch layout.tuning {
        case .lora: return try AdapterFile.read(bestFolder, for: base.config)
        case .full:
            let best = Adapter(layout)
            let file = try Safetensors(path: "\(bestFolder)/\(Self.weightsName)")
            for tensor in tensors(of: best) { try file.copy(tensor.name, shape: tensor.shape, to: tensor.values) }
            return best
        }
    }

    /// Writes what the job leaves, into `adapter/` or `model/`, with a suffix where something is kept beside it.
    func deliver(_ trained: Adapter, suffix: String = "") throws(TrainerError) -> Delivery {
        switch trained.layout.tuning {
        case .lora:
            let target = "\(folder)/adapter\(suffix)"
            try AdapterFile.write(trained, baseModel: baseName, to: target)
            return .adapter(folder: target)
        case .full:
            return .model(path: try WholeModel(base: base, trained: trained).write(into: "\(folder)/model\(suffix)"))
        }
    }

    private func tensors(of weights: Adapter) -> [(name: String, shape: [Int], values: Matrix)] {
        weights.layout.sites.map { site in
            let role = TensorRole.weight(layer: site.layer, site.target)
            return (role.ggufName, [site.outputs, site.inputs], weights.weight(site))
        }
    }
}

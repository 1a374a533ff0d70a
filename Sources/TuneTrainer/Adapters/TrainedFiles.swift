import Foundation
import TuneModel

/// Where a run puts what it has learned: an adapter's folder, or a whole model.
struct TrainedFiles {
    let base: PretrainedModel
    /// The base model's name, kept with an adapter.
    let baseName: String
    /// The job's folder.
    let folder: String

    /// Of what is kept beside the best.
    static let lastSuffix = "-last"

    /// Writes what the job leaves, into `adapter/` or `model/`, with a suffix where something is kept beside it.
    func deliver(_ trained: Adapter, suffix: String = "") throws(TrainerError) -> Delivery {
        let target = place(trained.layout.tuning) + suffix
        switch trained.layout.tuning {
        case .lora:
            try AdapterFile.write(trained, baseModel: baseName, to: target)
            return .adapter(folder: target)
        case .full:
            return .model(path: try WholeModel(base: base, trained: trained).write(into: target))
        }
    }

    /// Removes what an earlier delivery kept beside the best.
    func removeLast(_ tuning: TuningKind) {
        try? FileManager.default.removeItem(atPath: place(tuning) + Self.lastSuffix)
    }

    private func place(_ tuning: TuningKind) -> String { "\(folder)/\(tuning == .full ? "model" : "adapter")" }
}

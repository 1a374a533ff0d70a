import Foundation
import TuneModel
import TuneStore
import TuneTrainer

extension ModelStory {
    /// What the workspace knows of a model: its base, its job, the data that it learned from. Reads all of these files.
    init(of model: ShelvedModel, on desk: Desk) async throws {
        self.init(name: model.name, base: model.base)
        separator = model.separator
        ending = model.ending
        isChat = model.isChat
        // A model that was trained as a whole has weights of its own; its base may be gone.
        let foundation =
            model.adapterFolder == nil && model.base != model.name ? try? await desk.shelf.find(model.base) : model
        baseSHA256 = try foundation?.weightsSHA256()
        // A name means a model only as long as its bytes are those that it was fetched with.
        hubName = ModelSource.all.first { $0.name == model.base && $0.sha256 == baseSHA256 }?.hub
        createdAt = model.card.createdAt
        guard case .fineTuned(_, let id?) = model.card.kind else { return }
        job = id.text
        // A model may outlive its job.
        guard let known = try? await desk.jobs.job(id) else { return }
        hyperparameters = known.hyperparameters
        trainedTokens = known.trainedTokens
        let steps = (try? await desk.jobs.steps(of: id)) ?? []
        metrics =
            steps.filter { $0.validationLoss != nil }.min { $0.validationLoss! < $1.validationLoss! } ?? steps.last
        let files = try await desk.jobs.files(of: id)
        training = try DataFile(files.training)
        validation = try files.validation.map(DataFile.init)
    }
}

extension ModelStory.DataFile {
    /// Only the name: where it lay is nobody else's business.
    fileprivate init(_ file: JobFile) throws {
        self.init(name: URL(filePath: file.name).lastPathComponent, sha256: try file.sha256())
    }
}

/// Texts to compare an export on.
enum ExportPrompts {
    /// A few prompts of the training file, spread over it; none when there is no file, or it cannot be read any more.
    static func of(_ model: ShelvedModel, on desk: Desk) async throws -> [String] {
        guard case .fineTuned(_, let id?) = model.card.kind, let files = try? await desk.jobs.files(of: id),
            let path = files.training.path, let records = try? TrainingRecords(path: path).records, !records.isEmpty
        else { return [] }
        return (0..<4).map { records[records.count * $0 / 4].prompt }
    }
}

extension Record {
    /// What an answer would be asked for with.
    fileprivate var prompt: String {
        switch self {
        case .completion(let prompt, _): prompt
        case .chat(let messages), .preference(let messages, _, _):
            messages.last { $0.role == "user" }?.content ?? ""
        }
    }
}

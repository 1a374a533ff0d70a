import TuneData
import TuneModel

extension EffectRunner {
    func performEdit(_ effect: Effect, _ post: Post) async throws {
        let datasets = world.datasets
        switch effect {
        case .edit(let path, let edit):
            let outcome = try await datasets.edit(
                path, edit, Self.percents { post(.browse(.edit(.progressed(path: path, $0)))) })
            post(.recordsEdited(outcome, at: world.now()))
        case .undoEdit(let path):
            try await told(path, datasets.undo(path), post)
        case .redoEdit(let path):
            try await told(path, datasets.redo(path), post)
        case .previewChange(let path, let change, let rows):
            post(.bulk(.previewed(try await datasets.preview(path, change, rows))))
        case .saveDataset(let path, let manner):
            let facts = try await datasets.save(
                path, manner, Self.percents { post(.browse(.edit(.progressed(path: path, $0)))) })
            post(.datasetSaved(facts, manner, at: world.now()))
        case .reloadDataset(let path, let keepingEdits):
            let (facts, unplaced) = try await datasets.reload(path, keepingEdits)
            post(.datasetReloaded(facts, unplaced: unplaced, at: world.now()))
        case .appendRecord(let path, let record):
            if let outcome = try await datasets.append(path, record) {
                post(.recordsEdited(outcome, at: world.now()))
            } else {
                post(.recordAppended(path: path, at: world.now()))
            }
        default:
            preconditionFailure("not an edit: \(effect)")
        }
    }

    private func told(_ path: String, _ outcome: EditOutcome?, _ post: Post) async throws {
        if let outcome {
            post(.recordsEdited(outcome, at: world.now()))
        } else {
            post(.browse(.edit(.failed(path: path))))
        }
    }
}

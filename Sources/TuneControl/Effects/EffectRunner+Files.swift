import Synchronization
import TuneData
import TuneModel

extension EffectRunner {
    func performOnFiles(_ effect: Effect, _ post: Post) async throws {
        switch effect {
        case .openSample:
            post(.sampleWritten(try await world.writeSample()))
        case .openDatasets(let files):
            for file in files { await open(file, post) }
        case .completePath(let path):
            post(.opener(.arrived(for: path, await world.completions(path))))
        case .loadRows(let path, let range):
            let rows = try await world.datasets.rows(path, range)
            post(.browse(.rowsArrived(path: path, start: range.lowerBound, rows)))
        case .loadPicked(let path, let start, let rows):
            post(.browse(.rowsArrived(path: path, start: start, try await world.datasets.pickedRows(path, rows))))
        case .loadLosses(let path):
            let losses = try await world.losses(path)
            post(.browse(.lossesArrived(path: path, losses)))
            if losses == nil { tell(Self.noLosses, post) }
        case .loadTokens(let record):
            post(.detail(.arrived(record, try await world.tokens(record))))
        case .inspect(let path):
            post(.browse(.inspected(path: path, .done(try await world.datasets.inspect(path)))))
        case .findRow(let path, let needle, let start, let forward):
            post(.browse(.found(path: path, try await world.datasets.find(path, needle, start, forward))))
        case .replaceRecord(let path, let row, let record):
            let facts = try await world.datasets.replace(path, row, record)
            post(.recordSaved(facts, row: row, at: world.now()))
        case .appendRecord(let path, let record):
            let facts = try await world.datasets.append(path, record)
            post(.recordSaved(facts, row: facts.records - 1, at: world.now()))
        case .analyse(let path):
            let percent = Mutex(0)
            let preparation = try await world.preparation.analyse(path) { share in
                // Told once a percent; more often nobody would see.
                let now = Int(share * 100)
                let isNews = percent.withLock { last in
                    defer { last = now }
                    return now != last
                }
                if isNews { post(.prepare(.progressed(path: path, share))) }
            }
            post(.prepare(.analysed(path: path, preparation)))
        case .writePrepared(let preparation):
            let files = try await world.preparation.write(preparation)
            post(.prepare(.written(path: preparation.dataset.path, files)))
        default:
            preconditionFailure("not an effect on files: \(effect)")
        }
    }

    private static let noLosses = Explanation(
        Wording(
            "No finished job has told the losses of this file's records.", "还没有已完成的任务记录过这个文件中各条数据的损失。"),
        next: Wording("Train on it; they are known at the job's end.", "请用它训练；任务结束时即可得知。"))

    /// One file that cannot be opened does not keep the others closed.
    private func open(_ file: Remembered.OpenFile, _ post: Post) async {
        let path = FileNames.absolute(file.path)
        post(.browse(.opening(path)))
        do {
            let facts = try await world.datasets.open(path)
            post(.browse(.opened(facts, row: file.row)))
        } catch {
            post(.openFailed(path: path))
            tell(Explanation(of: error), post)
        }
    }
}

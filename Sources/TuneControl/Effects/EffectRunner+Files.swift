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
            let findings = try await world.datasets.inspect(
                path, Self.percents { post(.browse(.checking(path: path, $0))) })
            post(.browse(.inspected(path: path, .done(findings))))
        case .loadStatistics(let path):
            let statistics = try await world.datasets.statistics(
                path, Self.percents { post(.statistics(.progressed(path: path, $0))) })
            post(.statistics(.arrived(path: path, statistics)))
        case .query(let path, let query, let losses):
            let rows = try await world.datasets.query(
                path, query, losses, Self.percents { post(.browse(.view(.progressed(path: path, $0)))) }
            ) { post(.browse(.view(.grew(path: path, $0)))) }
            post(.browse(.view(.arrived(path: path, rows))))
        case .findRow(let path, let pattern, let place, let forward, let rows):
            let row = try await find(path, pattern, from: place, forward: forward, among: rows)
            post(.browse(.search(.found(path: path, row))))
        case .closeDataset(let path):
            await world.datasets.close(path)
        case .analyse(let path):
            let preparation = try await world.preparation.analyse(
                path, Self.percents { post(.prepare(.progressed(path: path, $0))) })
            post(.prepare(.analysed(path: path, preparation)))
        case .writePrepared(let preparation):
            let files = try await world.preparation.write(preparation)
            post(.prepare(.written(path: preparation.dataset.path, files)))
        case .reckonCost(let path, let files):
            // A cost that cannot be told is no fault of the file that was written.
            post(.prepare(.reckoned(path: path, try? await world.preparation.cost(files))))
        default:
            preconditionFailure("not an effect on files: \(effect)")
        }
    }

    /// Tells a share once a percent; more often nobody would see.
    static func percents(_ tell: @escaping @Sendable (Double) -> Void) -> @Sendable (Double) -> Void {
        let percent = Once()
        return { share in
            if percent.isNew(Int(share * 100)) { tell(share) }
        }
    }

    /// Remembers the number told last.
    private final class Once: Sendable {
        private let last = Mutex(0)

        func isNew(_ number: Int) -> Bool {
            last.withLock { last in
                defer { last = number }
                return number != last
            }
        }
    }

    /// The next row of a list that holds a pattern. A list that is not in the order of the file is looked through by
    /// its matches, which are found all at once.
    private func find(
        _ path: String, _ pattern: TextPattern, from place: Int, forward: Bool, among rows: [Int32]?
    ) async throws -> Int? {
        guard let rows else { return try await world.datasets.find(path, pattern, place, forward) }
        let hits = Set(
            try await world.datasets.query(
                path, RowQuery(filter: RowFilter(matching: pattern)), nil, { _ in }, { _ in }))
        let order =
            forward
            ? Array(place..<rows.count) + Array(0..<min(place, rows.count))
            : Array((0...place).reversed()) + Array((place + 1..<max(place + 1, rows.count)).reversed())
        return order.first { hits.contains(rows[$0]) }.map { Int(rows[$0]) }
    }

    private static let noLosses = Explanation(
        Wording(
            "No finished job has told the losses of this file's records.", "还没有已完成的任务记录过这个文件中各条数据的损失。"),
        next: Wording("Train on it; they are known at the job's end.", "请用它训练；任务结束时即可得知。"))

    /// One file that cannot be opened does not keep the others closed.
    func open(_ file: Remembered.OpenFile, _ post: Post) async {
        let path = FileNames.absolute(file.path)
        post(.browse(.opening(path)))
        do {
            let isShown = Atomic(false)
            let facts = try await world.datasets.open(path) { facts in
                if isShown.exchange(true, ordering: .relaxed) {
                    post(.browse(.grown(facts)))
                } else {
                    post(.browse(.opened(facts, row: file.row)))
                }
            }
            post(.browse(isShown.load(ordering: .relaxed) ? .grown(facts) : .opened(facts, row: file.row)))
        } catch {
            post(.openFailed(path: path))
            tell(Explanation(of: error), post)
        }
    }
}

import Foundation
import Synchronization
public import TuneData
public import TuneModel

/// Open datasets by path, so that a look at some rows does not index the whole file again.
final class DatasetShelf: Sendable {
    private let open = Mutex<[String: Dataset]>([:])

    /// The dataset as its file stands now.
    func dataset(_ path: String) throws -> Dataset {
        if let known = open.withLock({ $0[path] }), known.isCurrent { return known }
        let fresh = try Dataset(opening: path)
        open.withLock { $0[path] = fresh }
        return fresh
    }

    func facts(_ path: String) throws -> DatasetFacts {
        let dataset = try dataset(path)
        return DatasetFacts(
            path: path, shape: dataset.shape, records: dataset.count, bytes: Int64(dataset.bytes),
            isEditable: dataset.isEditable)
    }

    func rows(_ path: String, _ range: Range<Int>) throws -> [DatasetRow] {
        let dataset = try dataset(path)
        return try dataset.rows(in: range).map { shown($0, in: dataset) }
    }

    func rows(_ path: String, picked: [Int]) throws -> [DatasetRow] {
        let dataset = try dataset(path)
        return try picked.map { row in
            try Task.checkCancellation()
            return shown(try dataset.row(at: row), in: dataset)
        }
    }

    /// The next row, from `start` on and around the end, in which a text holds what was typed: small letters find
    /// capitals too, `/…/` is a regular expression.
    func find(_ path: String, _ needle: String, _ start: Int, forward: Bool) throws -> Int? {
        try dataset(path).find(TextPattern(typed: needle), from: start, forward: forward)
    }

    /// What the checks see in the whole file.
    func inspect(_ path: String) throws -> [Finding] {
        let dataset = try dataset(path)
        guard dataset.count > 0 else { return [] }
        guard dataset.shape == .completion else { return try inspectRows(of: dataset) }
        do {
            return try Preparation(analysing: dataset).notices
        } catch {
            switch error {
            case .notJSON, .badRecord: return try inspectRows(of: dataset)
            case .identicalPrompts, .identicalCompletions, .nothingUsable:
                // Such a file can be read, but nothing can be learned from it.
                return [Finding(id: "not-trainable", severity: .error, summary: brief(error, in: dataset))]
            default: throw error
            }
        }
    }

    // MARK: -

    private func shown(_ row: Row, in dataset: Dataset) -> DatasetRow {
        if let record = row.record { return .record(record) }
        return .broken(text: row.text, why: why(row, in: dataset))
    }

    /// Which lines cannot be read.
    private func inspectRows(of dataset: Dataset) throws -> [Finding] {
        var broken: [Int] = []
        for range in Self.stretches(of: dataset.count, from: 0, forward: true) {
            try Task.checkCancellation()
            broken += try dataset.rows(in: range).filter { $0.record == nil }.map(\.index)
        }
        let count = dataset.count - broken.count
        let readable = Finding(
            id: "records", severity: .good,
            summary: Wording("\(count) records can be read.", "\(count) 条记录可以读取。"))
        guard let first = broken.first else { return [readable] + dataset.notices }
        let number = try dataset.row(at: first).line
        return [
            readable,
            Finding(
                id: "broken-lines", severity: .error,
                summary: Wording(
                    broken.count == 1
                        ? "Line \(number) is no record."
                        : "\(broken.count) lines are no records, the first is line \(number).",
                    broken.count == 1
                        ? "第 \(number) 行不是记录。" : "\(broken.count) 行不是记录，第一处在第 \(number) 行。"),
                rows: Array(broken.prefix(1000)), count: broken.count),
        ] + dataset.notices
    }

    private func why(_ row: Row, in dataset: Dataset) -> Wording {
        do {
            _ = try dataset.record(at: row.index)
            return Wording("This line is no record.", "这一行不是记录。")
        } catch {
            return brief(error, in: dataset)
        }
    }

    /// The reason without the whole path, which would take its place: the file is the one on show.
    private func brief(_ error: DataError, in dataset: Dataset) -> Wording {
        let what = Explanation(of: error).what
        let name = dataset.path.split(separator: "/").last.map(String.init) ?? dataset.path
        return Wording(
            what.english.replacing(dataset.path, with: name), what.chinese.replacing(dataset.path, with: name))
    }

    /// All rows once, in stretches that are read in one go, beginning at `start`.
    private static func stretches(of count: Int, from start: Int, forward: Bool) -> [Range<Int>] {
        let length = 1000
        func cut(_ range: Range<Int>) -> [Range<Int>] {
            stride(from: range.lowerBound, to: range.upperBound, by: length).map {
                $0..<min($0 + length, range.upperBound)
            }
        }
        if forward { return cut(start..<count) + cut(0..<start) }
        return cut(0..<start + 1).reversed() + cut(start + 1..<count).reversed()
    }
}

extension DatasetClient {
    /// Datasets in files, read and written by `TuneData`.
    public static func onDisk() -> DatasetClient {
        let shelf = DatasetShelf()
        return DatasetClient(
            open: { try shelf.facts($0) },
            rows: { try shelf.rows($0, $1) },
            pickedRows: { try shelf.rows($0, picked: $1) },
            inspect: { try shelf.inspect($0) },
            find: { try shelf.find($0, $1, $2, forward: $3) },
            replace: { path, row, record in
                try RecordWriter.replace(row: row, of: shelf.dataset(path), with: record)
                return try shelf.facts(path)
            },
            append: { path, record in
                try RecordWriter.append([record], to: path)
                return try shelf.facts(path)
            })
    }
}

extension PreparationClient {
    /// Preparation of datasets in files, by `TuneData`.
    ///
    /// - Parameters:
    ///   - measure: how the base model cuts records, where there is one.
    ///   - cost: what training on the result will take.
    public static func onDisk(
        measure: @escaping @Sendable () async -> TokenMeasure? = { nil },
        cost: @escaping @Sendable (PreparedFiles) async throws -> Wording? = { _ in nil }
    ) -> PreparationClient {
        PreparationClient(
            analyse: { path, report in
                let work = DataWork(report: report)
                let options = PrepareOptions(check: CheckOptions(measure: await measure()))
                return try Preparation(analysing: Dataset(opening: path, work: work), options, work: work)
            },
            write: { try $0.write() }, cost: cost)
    }
}

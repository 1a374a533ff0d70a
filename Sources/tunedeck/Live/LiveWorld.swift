import Foundation
import TuneControl
import TuneCurses
import TuneData
import TuneModel
import TuneStore
import TuneTrainer
import TuneViews

extension World {
    /// The dashboard's world as it is: files on disk, the workspace, the local worker, models of this machine.
    static func live(_ desk: Desk) -> World {
        let cutter = RecordCutter(desk)
        var world = World(
            datasets: .onDisk(journals: desk.paths.edits, tokens: { try await cutter.measure() }),
            preparation: .onDisk(
                measure: { try? await cutter.measure() },
                cost: { files in
                    let cost = try await PrepareCost.reckon(
                        files.training, validation: files.validation, model: ModelSource.all[0].name, on: desk)
                    return cost.training + (cost.elsewhere.map { Wording(" ", "") + $0 } ?? Wording(verbatim: ""))
                }), jobs: desk.allJobs, models: PlacedModels(desk: desk), bases: .local(desk.shelf),
            memory: .kept(in: Settings(desk.workspace)),
            estimate: { request in
                let found = try await JobEstimate.make(request, on: desk)
                let estimate = found.estimate
                return LaunchEstimate(
                    examples: estimate.examples, validationExamples: found.records.validation?.count,
                    isPreference: found.records.training.records.first?.shape == .preference, steps: estimate.steps,
                    trainedTokens: estimate.trainedTokens, seconds: estimate.seconds, memoryMB: estimate.memoryMB,
                    diskMB: estimate.diskMB)
            },
            losses: { try await desk.jobs.lossColumn(of: $0) },
            hints: { try await AskHints(of: $0, on: desk) },
            writeSample: { try writeSample(to: desk.paths.data + "/samples") })
        world.tokens = { try await cutter.pieces(of: $0) }
        world.answers = .kept(in: desk.workspace)
        world.evaluations = .live(desk)
        world.services = .live(desk)
        world.preferences = KeptPreferences(desk.workspace).client
        world.charts = .files
        world.outside = .onDisk { try await TerminalProgram.run($0) }
        return world
    }

    /// Samples that are there already may have been edited, and stay.
    private static func writeSample(to folder: String) throws -> [String] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return try SampleData.all().map { sample in
            let path = folder + "/" + sample.name
            if !FileManager.default.fileExists(atPath: path) { try sample.write(to: folder) }
            return path
        }
    }
}

extension LocalJobs {
    /// The losses of a file's rows as they are now; nil when no job that has learned from it told any.
    func lossColumn(of path: String) async throws -> LossColumn? {
        guard let (job, losses) = try await newestLosses(on: path) else { return nil }
        return LossColumn(job: job.title, losses: losses.column(for: try RowDigests.all(of: path)))
    }
}

extension AnswerClient {
    /// The answers and votes of the workspace.
    fileprivate static func kept(in workspace: Workspace) -> AnswerClient {
        let (answers, votes) = (AnswerLog(workspace), VoteLog(workspace))
        return AnswerClient(
            keep: { request, prompt, answer, summary in
                try await answers.append(
                    model: request.model, prompt: prompt, answer: answer, summary: summary, request: request)
            },
            list: { try await answers.list(limit: $1, words: $0) }, delete: { try await answers.delete($0) },
            vote: { try await votes.append($0) }, unvote: { try await votes.removeLast() },
            votes: { try await votes.list() })
    }
}

extension BaseModelClient {
    /// The shelf's base models, and those that it knows how to fetch.
    fileprivate static func local(_ shelf: ModelShelf) -> BaseModelClient {
        BaseModelClient(
            list: {
                let present = try await shelf.list().filter { $0.card.kind == .base }.map(\.name)
                let missing = ModelSource.all.filter { !present.contains($0.name) }
                return present.map { BaseModel(name: $0, isPresent: true) }
                    + missing.map { BaseModel(name: $0.name, isPresent: false, downloadBytes: $0.bytes) }
            },
            fetch: { name in
                AsyncThrowingStream { tap in
                    let work = Task {
                        do {
                            _ = try await shelf.pull(name) { tap.yield(FetchProgress($0)) }
                            tap.finish()
                        } catch {
                            tap.finish(throwing: error)
                        }
                    }
                    tap.onTermination = { _ in work.cancel() }
                }
            })
    }
}

extension MemoryClient {
    private static let key = "dashboard"

    fileprivate static func kept(in settings: Settings) -> MemoryClient {
        MemoryClient(
            load: {
                // What an older version wrote in another form is forgotten rather than fatal.
                try await settings.value(of: key).flatMap {
                    try? JSONDecoder().decode(Remembered.self, from: Data($0.utf8))
                }
            },
            save: { remembered in
                let json = try JSONEncoder().encode(remembered)
                try await settings.set(key, to: String(decoding: json, as: UTF8.self))
            })
    }
}

extension AskHints {
    /// What is known from the job that made a model; nil for a base model.
    fileprivate init?(of model: String, on desk: Desk) async throws {
        // A service says nothing of how its models were trained.
        if ModelAddress(model, services: desk.services.names).service != nil { return nil }
        let found = try await desk.shelf.find(model)
        guard case .fineTuned(_, let job?) = found.card.kind else { return nil }
        self.init(
            separator: found.separator ?? "", stop: found.ending ?? "", isChat: found.isChat,
            dataset: try await desk.jobs.job(job).trainingFile)
    }
}

extension FetchProgress {
    fileprivate init(_ progress: PullProgress) {
        switch progress {
        case .fetching(let done, let total):
            self.init(done: done, total: total, stage: Wording("downloading", "正在下载"))
        case .unpacking: self.init(done: 0, total: nil, stage: Wording("unpacking", "正在解包"))
        case .checking: self.init(done: 0, total: nil, stage: Wording("checking", "正在校验"))
        }
    }
}

import Foundation
import TuneControl
import TuneModel
import TuneStore

extension EvaluationClient {
    /// Measures on this machine, and keeps evaluations in the workspace.
    static func live(_ desk: Desk) -> EvaluationClient {
        let shelf = EvaluationShelf(desk.paths)
        let bench = EvaluationBench()
        return EvaluationClient(
            list: { shelf.list() },
            load: { id in
                let report = try shelf.load(id)
                return (report, EvaluationSummary(report))
            },
            delete: { try shelf.delete($0) },
            run: { request in
                let (stream, tap) = AsyncThrowingStream<News, any Error>.makeStream()
                let work = Task {
                    do {
                        var run = try await EvaluationRun(request, on: desk)
                        let report = try await run.perform { tap.yield(.progressed($0)) }
                        if report.isWorthKeeping {
                            try shelf.save(report)
                            tap.yield(.ended(report, EvaluationSummary(report)))
                        } else {
                            tap.yield(.endedEmpty)
                        }
                        tap.finish()
                    } catch {
                        tap.finish(throwing: error)
                    }
                }
                tap.onTermination = { _ in work.cancel() }
                Task { await bench.put(work) }
                return stream
            },
            cancel: { await bench.cancel() },
            estimate: { try await EvaluationEstimate(of: $0, on: desk, shelf.list(limit: 5)) },
            export: { id, path, language in
                let report = try shelf.load(id)
                try ReportFile.write(report, EvaluationSummary(report), to: path, in: language)
            })
    }
}

/// Holds the evaluation under way, so that it can be told to stop.
private actor EvaluationBench {
    private var work: Task<Void, Never>?

    func put(_ work: Task<Void, Never>) { self.work = work }

    func cancel() { work?.cancel() }
}

extension EvaluationEstimate {
    /// Expected tokens measured, and tokens of answers written, in a second, as long as nothing is known of this machine.
    private static let speeds = (losses: 400.0, answers: 600.0)
    /// Records whose tokens are counted.
    private static let sample = 200

    /// By the tokens of some of the records, and how fast the newest evaluations were.
    init(of request: EvaluationRequest, on desk: Desk, _ earlier: [EvaluationCard]) async throws {
        let found = try await TrainingRecords(file: request.dataset, on: desk, limit: request.limit ?? .max).records
        let cutter = RecordCutter(desk)
        guard let measure = try? await cutter.measure(), !found.isEmpty else {
            self.init(records: found.count, seconds: nil)
            return
        }
        let step = max(1, found.count / Self.sample)
        let counts = stride(from: 0, to: found.count, by: step).compactMap { try? measure.count(found[$0]) }
        guard !counts.isEmpty else {
            self.init(records: found.count, seconds: nil)
            return
        }
        let trained = Double(counts.reduce(0) { $0 + $1.trained }) / Double(counts.count)
        let losses = earlier.compactMap(\.lossSpeed).first ?? Self.speeds.losses
        let answers = earlier.compactMap(\.answerSpeed).first ?? Self.speeds.answers
        var each = trained / losses
        // A model that was taught ends about where the expected answer does, a base goes on.
        if request.generates { each += min(Double(request.maxTokens), trained * 2) / answers }
        let judged = request.judge == nil ? 0 : Double(found.count * request.models.count) * 30 / answers
        self.init(
            records: found.count, seconds: each * Double(found.count * request.models.count) + judged)
    }
}

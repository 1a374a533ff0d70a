import Foundation
import Synchronization
import TuneModel
import TuneStore
import TuneTrainer

/// Between the trainer's thread and the workspace: writes down its news, and tells it when to stop.
final class NewsDesk: Sendable {
    private struct State {
        var delivered: (delivery: Delivery, tokens: Int)?
        /// Why the news could not be written; the run stops, since nobody could follow it.
        var trouble: (any Error)?
    }

    private let recorder: JobRecorder
    private let log: TrainingLog
    private let call: EndCall
    private let rows: TrainedRows
    private let state = Mutex(State())

    init(recorder: JobRecorder, log: TrainingLog, call: EndCall, rows: TrainedRows) {
        self.rows = rows
        self.recorder = recorder
        self.log = log
        self.call = call
    }

    /// What was learned, and the tokens that it was learned from, once the trainer has delivered.
    var delivered: (delivery: Delivery, tokens: Int)? { state.withLock { $0.delivered } }

    func throwIfUnwritable() throws {
        if let trouble = state.withLock({ $0.trouble }) { throw trouble }
    }

    @Sendable
    func shouldStop() -> TrainingStop? {
        if call.isMade || state.withLock({ $0.trouble != nil }) { return .pause }
        let wish = attempt { try recorder.wish() }.flatMap { $0 }
        return wish.map { wish in
            switch wish {
            case .cancel: .cancel
            case .pause: .pause
            case .keep: .keep
            }
        }
    }

    @Sendable
    func report(_ news: TrainingNews) {
        switch news {
        case .message(let text, let level):
            log.write(text.english)
            attempt { try recorder.note(text, level: level) }
        case .read(let facts):
            log.write("\(facts.examples) examples, \(facts.tokens) tokens, \(facts.trainedTokens) with a loss")
            attempt { try recorder.read(facts) }
        case .step(let metrics):
            log.write(StepLine(metrics).text(in: .english))
            attempt { try recorder.step(metrics) }
        case .sample(let sample):
            log.write("after step \(sample.step): \(sample.prompt) \(sample.answer)")
            attempt { try recorder.sample(sample) }
        case .recordLosses(let losses):
            log.write("losses of \(losses.count) records")
            attempt { try recorder.losses(rows.losses(losses)) }
        case .delivered(let delivery, let tokens):
            log.write("delivered \(delivery.path), \(tokens) tokens learned from")
            state.withLock { $0.delivered = (delivery, tokens) }
        }
    }

    @discardableResult
    private func attempt<T>(_ work: () throws -> T) -> T? {
        do {
            return try work()
        } catch {
            state.withLock { if $0.trouble == nil { $0.trouble = error } }
            return nil
        }
    }
}

import Foundation
import GRDB
public import TuneModel

/// How the worker writes down what a running job does. Every call is one transaction.
public struct JobRecorder: Sendable {
    private let workspace: Workspace
    private let id: JobID

    public init(_ workspace: Workspace, job id: JobID) {
        self.workspace = workspace
        self.id = id
    }

    /// The training file has been read: what runs is known.
    public func begin(_ hyperparameters: Hyperparameters, totalSteps: Int) throws {
        try workspace.writeNow { db in
            try db.execute(
                sql: "UPDATE jobs SET hyperparameters = ?, total_steps = ? WHERE id = ?",
                arguments: [StoredJSON.text(hyperparameters), totalSteps, id.text])
        }
    }

    public func note(_ message: Wording, level: JobEvent.Level = .info) throws {
        try workspace.writeNow { try EventTable.append(message, level: level, to: id, $0) }
    }

    public func step(_ metrics: StepMetrics) throws {
        try workspace.writeNow { db in
            try MetricsTable.append(metrics, to: id, db)
            try db.execute(
                sql: "UPDATE jobs SET latest = ?, total_steps = ?, heartbeat_at = ? WHERE id = ?",
                arguments: [
                    StoredJSON.text(metrics), metrics.totalSteps, Date.now.timeIntervalSince1970, id.text,
                ])
            try EventTable.append(metrics.sentence, kind: .metrics(metrics), to: id, db)
        }
    }

    /// What the trainer found in the records.
    public func read(_ facts: TrainingFacts) throws {
        try workspace.writeNow { db in
            try db.execute(
                sql: "UPDATE jobs SET facts = ? WHERE id = ?", arguments: [StoredJSON.text(facts), id.text])
        }
    }

    public func sample(_ sample: SampleAnswer) throws {
        try workspace.writeNow { db in
            try SampleTable.append(sample, to: id, db)
            try EventTable.append(sample.sentence, kind: .sample(sample), to: id, db)
        }
    }

    public func losses(_ losses: RecordLosses) throws {
        try workspace.writeNow { try LossTable.replace(losses, of: id, $0) }
    }

    /// Says that the worker is alive.
    public func beat() throws {
        try workspace.writeNow { db in
            try db.execute(
                sql: "UPDATE jobs SET heartbeat_at = ? WHERE id = ?",
                arguments: [Date.now.timeIntervalSince1970, id.text])
        }
    }

    /// What a person asked of the job meanwhile.
    public func wish() throws -> JobWish? {
        try workspace.readNow { db in
            try String.fetchOne(db, sql: "SELECT wish FROM jobs WHERE id = ?", arguments: [id.text])
        }.flatMap(JobWish.init(rawValue:))
    }

    /// The job is done and its model can be asked.
    ///
    /// - Returns: the model's name.
    @discardableResult
    public func succeed(_ outcome: JobOutcome) throws -> String {
        try workspace.writeNow { db in
            let name = try ModelTable.insert(outcome, of: JobTable.job(id, db), in: workspace.paths, db)
            try db.execute(
                sql: "UPDATE jobs SET fine_tuned_model = ?, trained_tokens = ? WHERE id = ?",
                arguments: [name, outcome.trainedTokens, id.text])
            try JobTable.move(id, to: .succeeded, saying: Wording("Job succeeded: \(name)", "任务已完成：\(name)"), db)
            return name
        }
    }

    public func fail(_ failure: JobFailure) throws {
        try workspace.writeNow { try Self.fail(id, failure, $0) }
    }

    /// The job stopped between two steps.
    public func stopped(by wish: JobWish) throws {
        try workspace.writeNow { db in
            switch wish {
            case .cancel: try JobTable.move(id, to: .cancelled, saying: Wording("Job cancelled.", "任务已取消。"), db)
            case .pause: try JobTable.move(id, to: .paused, saying: Wording("Job paused.", "任务已暂停。"), db)
            case .keep: try putBack(db)
            }
        }
    }

    /// The worker has to leave; another one goes on.
    public func putBack() throws {
        try workspace.writeNow(putBack)
    }

    private func putBack(_ db: Database) throws {
        try JobTable.move(
            id, to: .queued, level: .warn,
            saying: Wording(
                "The worker was asked to end; the job waits for the next one.",
                "工作进程被要求退出；任务等待下一个工作进程。"), db)
    }

    /// The steps so far, each once.
    public func steps() throws -> [StepMetrics] {
        try workspace.readNow { try MetricsTable.steps(of: id, $0) }
    }

    static func fail(_ id: JobID, _ failure: JobFailure, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE jobs SET failure = ? WHERE id = ?", arguments: [StoredJSON.text(failure), id.text])
        try JobTable.move(id, to: .failed, level: .error, saying: failure.explanation.what, db)
    }
}

extension StepMetrics {
    /// The step as the log of a job tells it.
    fileprivate var sentence: Wording {
        let loss = String(format: "%.4f", trainingLoss)
        let accuracy = String(format: "%.1f", (trainingTokenAccuracy ?? .nan) * 100)
        let validation = validationLoss.map { String(format: "%.4f", $0) }
        return Wording(
            "Step \(step)/\(totalSteps): training loss \(loss), token accuracy \(accuracy) %"
                + (validation.map { ", validation loss \($0)" } ?? ""),
            "第 \(step)/\(totalSteps) 步：训练损失 \(loss)，词元准确率 \(accuracy) %"
                + (validation.map { "，验证损失 \($0)" } ?? ""))
    }
}

extension SampleAnswer {
    /// The answer as the log of a job tells it.
    fileprivate var sentence: Wording {
        Wording("After step \(step): \(prompt)\(answer)", "第 \(step) 步之后：\(prompt)\(answer)")
    }
}

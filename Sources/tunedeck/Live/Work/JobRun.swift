import Dispatch
import Foundation
import Synchronization
import TuneModel
import TuneStore
import TuneTrainer

/// One job, from its claim to its end, on a thread of its own.
struct JobRun {
    let claim: JobQueue.Claim
    let desk: Desk
    let call: EndCall

    private var recorder: JobRecorder { JobRecorder(desk.workspace, job: claim.job.id) }

    /// Returns when the job has ended, is paused, or is back in the queue.
    ///
    /// - Throws: only when not even that can be written down.
    func run() async throws {
        let heart = Heart(recorder)
        defer { heart.stop() }
        let end: End
        do {
            end = try await train()
        } catch {
            end = .failed(failure(error))
        }
        switch end {
        case .succeeded, .failed: await tellDiagnosis()
        case .stopped, .putBack: break
        }
        try await record(end)
    }

    // MARK: - Private

    private enum End {
        case succeeded(JobOutcome)
        case stopped(JobWish)
        case putBack
        case failed(JobFailure)
    }

    private func train() async throws -> End {
        let model = try await desk.shelf.find(claim.job.model)
        let records = try JobRecords(of: claim)
        let (training, settings) = (records.training, records.settings)
        let examples = training.records.count
        try recorder.begin(settings, totalSteps: settings.totalSteps(examples: examples))
        try await JobReports.writeSpec(of: desk.jobs.job(claim.job.id), to: claim.folder)
        try tellRecords(records)

        let plan = TrainingPlan(
            modelPath: model.weightsPath, modelName: model.foundation, startingAdapter: model.adapterFolder,
            training: training.records, validation: records.validation ?? [], hyperparameters: settings,
            folder: claim.folder)
        let news = NewsDesk(
            recorder: recorder, log: TrainingLog(folder: claim.folder), call: call,
            rows: TrainedRows(path: claim.trainingPath, rows: records.rows))
        let ending = try await Lane.run("training") {
            try TrainingRun(plan: plan).run(shouldStop: news.shouldStop, report: news.report)
        }
        try news.throwIfUnwritable()
        switch ending {
        case .stopped(.cancel), .stopped(.pause):
            // A worker that has to leave stops its job as a pause does; what a person wished holds.
            guard let wish = try recorder.wish(), wish != .keep else { return .putBack }
            return .stopped(wish)
        case .finished, .stopped(.keep):
            guard let (delivery, tokens) = news.delivered else { throw NothingDelivered() }
            return .succeeded(
                JobOutcome(
                    base: model.foundation, suffix: suffix, delivery: delivery, separator: training.separator,
                    ending: training.ending, isChat: training.isChat, trainedTokens: tokens))
        }
    }

    private func tellRecords(_ records: JobRecords) throws {
        let examples = records.training.records.count
        try recorder.note(
            Wording(
                "\(examples.grouped) training \(examples == 1 ? "example" : "examples") read.",
                "已读取 \(examples.grouped) 个训练样本。"))
        guard claim.job.validationFile == nil, let held = records.validation?.count else { return }
        try recorder.note(
            Wording(
                "\(held.grouped) \(held == 1 ? "record" : "records") of the training file held out for validation.",
                "训练文件中有 \(held.grouped) 条记录留作验证。"))
    }

    /// What the run's figures mean. It is advice: a job whose advice cannot be written down ends as it would.
    private func tellDiagnosis() async {
        guard let job = try? await desk.jobs.job(claim.job.id), let steps = try? recorder.steps(),
            let evidence = RunEvidence(job, steps, hasEnded: true)
        else { return }
        for diagnosis in Diagnosis.all(of: evidence) {
            try? recorder.note(diagnosis.sentence, level: diagnosis.severity >= .warning ? .warn : .info)
        }
    }

    /// What distinguishes the model's name: the suffix asked for, else the training file's name.
    private var suffix: String? {
        claim.job.suffix ?? (FileID(claim.job.trainingFile) == nil ? claim.job.title : nil)
    }

    /// Writes down how it ended. A full disk may have room again in a while, and nothing is lost by waiting.
    private func record(_ end: End) async throws {
        var patience = 5
        while true {
            do {
                try JobReports.writeResults(
                    recorder.steps(), withValidation: claim.job.isValidated, to: claim.folder)
                switch end {
                case .succeeded(let outcome): try recorder.succeed(outcome)
                case .stopped(let wish): try recorder.stopped(by: wish)
                case .putBack: try recorder.putBack()
                case .failed(let failure): try recorder.fail(failure)
                }
                return
            } catch  where patience > 0 {
                patience -= 1
                try await Task.sleep(for: .seconds(5))
            }
        }
    }

    private func failure(_ error: any Error) -> JobFailure {
        let isDataAtFault = (error as? any ExplainedError)?.exitStatus == .badData
        return JobFailure(
            code: isDataAtFault ? "invalid_training_file" : "training_failed", explanation: Explanation(of: error))
    }
}

/// The trainer said that it finished, and gave nothing.
private struct NothingDelivered: ExplainedError {
    var exitStatus: ExitStatus { .failed }
    var explanation: Explanation {
        Explanation(
            Wording("The training ended without an adapter.", "训练结束了，但没有得到适配器。"),
            next: Wording("See train.log in the job's folder.", "请查看任务文件夹中的 train.log。"))
    }
}

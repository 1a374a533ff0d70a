import Foundation
import TuneModel
import TuneStore

/// Prints what a job tells until it ends, pauses or the person has seen enough.
struct JobFollowing {
    let job: JobID
    let desk: Desk
    let console: Console

    /// - Throws: `JobEndedBadly` when it failed or was cancelled, `Interrupted` after Ctrl-C.
    func run() async throws {
        // Says at once when there is no such job.
        _ = try await desk.allJobs.job(job)
        do {
            try await interruptible { try await printEvents() }
        } catch is Interrupted {
            if console.isNarrationLive { console.endLine() }
            console.remark(
                Wording(
                    """
                    The job goes on without you.
                      Follow it again:  tunedeck jobs follow -i \(job)
                      Cancel it:        tunedeck jobs cancel -i \(job)
                    """,
                    """
                    任务会在后台继续运行。
                      再次跟踪：tunedeck jobs follow -i \(job)
                      取消任务：tunedeck jobs cancel -i \(job)
                    """))
            throw Interrupted()
        }
        try await close(desk.allJobs.job(job))
    }

    // MARK: - Private

    private func printEvents() async throws {
        var isInLine = false
        defer { if isInLine { console.endLine() } }
        for try await chunk in desk.allJobs.follow(job, after: nil) {
            for event in chunk {
                if console.isJSON { console.print(event.json, isPretty: false) }
                switch event.kind {
                case .metrics(let step):
                    let line = StepLine(step).text(in: console.language)
                    if console.isNarrationLive {
                        console.rewrite(line)
                        isInLine = true
                    } else if !console.isJSON {
                        console.say(line)
                    }
                case .message, .status, .sample:
                    if isInLine { console.endLine() }
                    isInLine = false
                    console.say(event.message)
                }
                if event.kind == .status(.paused), event == chunk.last { return }
            }
        }
        try Task.checkCancellation()
    }

    /// What a job at a service came to, beside what had been reckoned.
    private func tellCost(of job: Job) {
        guard let cost = job.origin?.cost, let tokens = cost.actualTokens ?? job.trainedTokens else { return }
        var actual = cost
        actual.actualTokens = tokens
        let dollars = actual.actualDollars.map { ", " + PrepareCost.dollars($0, exact: true) } ?? ""
        let estimate = cost.estimated.map { ($0.isExact ? "" : "≈ ") + $0.tokens.grouped } ?? "?"
        console.say(
            Wording(
                "Trained tokens:   \(tokens.grouped)\(dollars) (reckoned before: \(estimate))",
                "训练词元：\(tokens.grouped)\(dollars)（事先估计：\(estimate)）"))
    }

    private func close(_ job: Job) async throws {
        if console.isJSON { console.print(job.json, isPretty: false) }
        switch job.status {
        case .succeeded:
            tellCost(of: job)
            guard let name = job.fineTunedModel else { return }
            if let service = job.origin?.service {
                console.say(
                    Wording(
                        "Fine-tuned model: \(name)\nAsk it:           tunedeck ask --service \(service) -m \(name) -p '…'",
                        "微调模型：\(name)\n提问：    tunedeck ask --service \(service) -m \(name) -p '…'"))
                return
            }
            let model = try? await desk.shelf.find(name)
            let stop = model?.ending.map { " --stop " + Shell.quoted($0) } ?? ""
            let prompt = Shell.quoted("…" + (model?.separator ?? "")) + stop
            console.say(
                Wording(
                    "Fine-tuned model: \(name)\nAsk it:           tunedeck ask -m \(name) -p \(prompt)",
                    "微调模型：\(name)\n提问：    tunedeck ask -m \(name) -p \(prompt)"))
        case .failed, .cancelled:
            throw JobEndedBadly(job: job)
        case .paused:
            console.say(
                Wording(
                    "It goes on with:  tunedeck jobs resume -i \(job.id)", "继续任务：tunedeck jobs resume -i \(job.id)"))
        case .queued, .running, .validatingFiles, .other:
            break
        }
    }
}

/// A followed job did not succeed.
struct JobEndedBadly: ExplainedError {
    let job: Job

    var exitStatus: ExitStatus { job.failure?.code.hasPrefix("invalid_") == true ? .badData : .failed }

    var explanation: Explanation {
        job.failure?.explanation
            ?? Explanation(
                Wording("Job \(job.id) was cancelled.", "任务 \(job.id) 已取消。"),
                next: Wording("Start another one with `tunedeck jobs create`.", "可用 `tunedeck jobs create` 另建任务。"))
    }
}

import Foundation
import GRDB
import Synchronization
import Testing
import TuneModel

@testable import TuneStore

struct JobMirrorTests {
    @Test func severalFollowersSeeTheSameAndOneAsksTheService() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        let name = try remote.name(job)
        let others = try [remote.jobs, remote.jobs, remote.elsewhere(), remote.elsewhere()]
        let follows = others.map { jobs in Task { try await collected(jobs.follow(job.id, after: nil)) } }
        for step in 1...40 {
            remote.service.step(step, of: name, total: 40)
            try await Task.sleep(for: .milliseconds(1))
        }
        remote.service.succeed(name)
        var told: [[JobEvent]] = []
        for follow in follows { told.append(try await follow.value) }
        #expect(told.allSatisfy { $0 == told[0] })
        #expect(told[0].map(\.id) == Array(1...told[0].count))
        let steps = told[0].compactMap { event in
            if case .metrics(let metrics) = event.kind { metrics.step } else { nil }
        }
        #expect(steps == Array(1...40))
        #expect(told[0].last?.kind == .status(.succeeded))
        #expect(remote.service.state.withLock { $0.mostFollowers } == 1)
        #expect(try await remote.jobs.steps(of: job.id).map(\.step) == Array(1...40))
    }

    @Test func aMirrorThatEndsIsTakenOver() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        let name = try remote.name(job)
        let first = Task { [jobs = remote.jobs] in try await jobs.keepUp(job.id) }
        try await eventually("the first asks") { remote.service.state.withLock { $0.followers == 1 } }
        let second = Task { [jobs = try remote.elsewhere()] in
            try await collected(jobs.follow(job.id, after: nil))
        }
        remote.service.step(1, of: name)
        try await eventually("step 1") { try await remote.jobs.steps(of: job.id).count == 1 }
        #expect(remote.service.state.withLock { $0.follows } == 1)
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        remote.service.step(2, of: name)
        remote.service.succeed(name)
        let events = try await second.value
        #expect(events.map(\.id) == Array(1...events.count))
        #expect(try await remote.jobs.steps(of: job.id).map(\.step) == [1, 2])
        #expect(remote.service.state.withLock { $0.mostFollowers } == 1)
    }

    @Test func theLeaseOfAKilledProcessFallsFree() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        let name = try remote.name(job)
        let entry = try await remote.jobs.entry(job.id)
        let lock = remote.test.paths.state + "/remote/" + entry.draft + ".lock"
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["flock", lock, "sleep", "600"]
        try process.run()
        defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
        try await eventually("the other process has the lease") { FileLock.isHeld(at: lock) }
        let follow = Task { [jobs = remote.jobs] in try await collected(jobs.follow(job.id, after: nil)) }
        remote.service.step(1, of: name)
        remote.service.succeed(name)
        try await Task.sleep(for: .milliseconds(100))
        #expect(remote.service.state.withLock { $0.follows } == 0)
        // `flock` and its child share the lock: both have to go.
        for child in children(of: process.processIdentifier) { kill(child, SIGKILL) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(try await follow.value.last?.kind == .status(.succeeded))
    }

    @Test func eventsDoubledAndReorderedStandOnceAndInOrder() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        let name = try remote.name(job)
        remote.service.state.withLock { $0.isForgetful = true }
        remote.service.change(name) {
            $0.job.status = .running
            $0.live = []
            $0.events = [3, 1, 2].map { .step($0) } + [.step(2)]
        }
        let first = Task { [jobs = remote.jobs] in try await jobs.keepUp(job.id) }
        try await eventually("three steps") { try await remote.jobs.steps(of: job.id).count == 3 }
        first.cancel()
        _ = await first.result
        // The next mirror is told everything again, and one more.
        remote.service.change(name) {
            $0.events += [.step(4)]
            $0.live = [.events([.step(1), .step(4)])]
        }
        remote.service.succeed(name)
        try await remote.elsewhere().keepUp(job.id)
        let steps = try await remote.jobs.events(of: job.id, after: nil).compactMap { event in
            if case .metrics(let metrics) = event.kind { metrics.step } else { nil }
        }
        #expect(steps == [1, 2, 3, 4])
        #expect(try await remote.jobs.steps(of: job.id).map(\.step) == [1, 2, 3, 4])
        #expect(try await remote.jobs.job(job.id).latest?.step == 4)
    }

    @Test func twoWritersOfTheSameEventLeaveItOnce() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        let other = try Workspace(remote.test.paths)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for workspace in [remote.test.workspace, other] {
                group.addTask {
                    for step in 1...30 {
                        try await workspace.write { try RemoteTable.append([.step(step)], to: job.id, $0) }
                    }
                }
            }
            try await group.waitForAll()
        }
        let events = try await remote.jobs.events(of: job.id, after: nil)
        #expect(events.filter { $0.message.english.hasPrefix("Step") }.count == 30)
    }

    @Test func aNetworkThatIsAwayIsNoFailedJob() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        let name = try remote.name(job)
        let follow = Task { [jobs = remote.jobs] in try await collected(jobs.follow(job.id, after: nil)) }
        remote.service.step(1, of: name)
        try await eventually("step 1") { try await remote.jobs.steps(of: job.id).count == 1 }
        let why = ScriptedFault.away.explanation
        remote.service.change(name) { $0.live += [.away(why, retryIn: 1), .away(why, retryIn: 2)] }
        try await eventually("away") {
            if case .away(_, why) = try await remote.jobs.job(job.id).origin?.contact { true } else { false }
        }
        #expect(try await remote.jobs.job(job.id).status == .running)
        remote.service.change(name) { $0.live += [.back] }
        try await eventually("back") {
            if case .good = try await remote.jobs.job(job.id).origin?.contact { true } else { false }
        }
        // At the end three calls in a row are lost.
        remote.service.state.withLock { $0.faults = [.away, .away, .away] }
        remote.service.succeed(name)
        let events = try await follow.value
        #expect(events.filter { $0.level == .error }.isEmpty)
        #expect(events.filter { $0.message.english.contains("does not answer") }.count == 2)
        #expect(events.filter { $0.message.english.contains("answers again") }.count == 2)
        #expect(try await remote.jobs.job(job.id).status == .succeeded)
    }

    @Test func whatNoWaitingHelpsEndsTheFollowing() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        remote.service.change(try remote.name(job)) { $0.refusal = .refused }
        var last: JobEvent?
        await #expect(throws: ScriptedFault.refused) {
            for try await chunk in remote.jobs.follow(job.id, after: nil) { last = chunk.last }
        }
        #expect(last?.message == ScriptedFault.refused.explanation.what)
        let kept = try await remote.jobs.job(job.id)
        #expect(!kept.status.isFinal)
        guard case .refused(_, ScriptedFault.refused.explanation) = kept.origin?.contact else {
            Issue.record("contact \(String(describing: kept.origin?.contact))")
            return
        }
        try await remote.jobs.delete(job.id)
        #expect(try await remote.jobs.list(limit: 1).isEmpty)
        #expect(try await remote.jobs.adopt(office).isEmpty)
    }

    @Test func resultsFillWhatTheEventsDidNotTell() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        let name = try remote.name(job)
        remote.service.step(1, of: name)
        remote.service.step(3, of: name)
        remote.service.change(name) {
            var one = StepMetrics(step: 1, totalSteps: 0, trainingLoss: 99, trainingTokenAccuracy: 0.5)
            one.fullValidationLoss = 0.75
            $0.results = [one, StepMetrics(step: 2, totalSteps: 0, trainingLoss: 0.5)]
            $0.checkpoints = [
                RemoteCheckpoint(
                    id: "ftckpt-1", createdAt: .now, step: 3, model: "ft:big:ckpt-step-3",
                    metrics: StepMetrics(step: 3, totalSteps: 0, trainingLoss: 0.3))
            ]
        }
        remote.service.succeed(name, tokens: 4321)
        try await remote.jobs.keepUp(job.id)
        let steps = try await remote.jobs.steps(of: job.id)
        #expect(steps.map(\.trainingLoss) == [1, 0.5, 1 / 3])
        #expect(steps[0].trainingTokenAccuracy == 0.5)
        #expect(steps[0].fullValidationLoss == 0.75)
        #expect(steps[0].totalSteps == 10)
        let done = try await remote.jobs.job(job.id)
        #expect(done.latest?.step == 3)
        #expect(done.trainedTokens == 4321)
        #expect(done.origin?.cost?.actualTokens == 4321)
        #expect(done.fineTunedModel == "ft:big:me:jargon:abc")
        #expect(done.finishedAt == Date(timeIntervalSince1970: 2_000_000_000))
        #expect(try await remote.jobs.checkpoints(of: job.id).map(\.model) == ["ft:big:ckpt-step-3"])
        #expect(try await remote.jobs.results(of: job.id).hasPrefix(Results.header))
        // Once all of it stands here, the service is not needed any more.
        let follows = remote.service.state.withLock { $0.follows }
        _ = try await collected(remote.jobs.follow(job.id, after: nil))
        #expect(remote.service.state.withLock { $0.follows } == follows)
    }

    @Test func endWhoseResultsAreRefusedIsToldAndIsAnEnd() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        remote.service.state.withLock { $0.faults = [.gone, .refused] }
        remote.service.succeed(try remote.name(job))
        let events = try await collected(remote.jobs.follow(job.id, after: nil))
        #expect(events.filter { $0.level == .warn }.map(\.message) == [ScriptedFault.refused.explanation.what])
        #expect(events.last?.kind == .status(.succeeded))
    }

    @Test func aStreamThatEndsBeforeItsJobIsBegunAgain() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        let name = try remote.name(job)
        remote.service.change(name) { $0.isOver = true }
        let follow = Task { [jobs = remote.jobs] in try await collected(jobs.follow(job.id, after: nil)) }
        try await eventually("asked again") { remote.service.state.withLock { $0.follows > 2 } }
        remote.service.step(1, of: name)
        remote.service.succeed(name)
        #expect(try await follow.value.last?.kind == .status(.succeeded))
    }

    @Test func allUnfinishedJobsAreKeptUpTogether() async throws {
        let remote = try RemoteTest()
        let bad = try await remote.created()
        remote.service.change(try remote.name(bad)) { $0.refusal = .refused }
        let keeping = Task { [jobs = remote.jobs] in try await jobs.keepUpAll() }
        let first = try await remote.created()
        let second = try await remote.created()
        for job in [first, second] {
            remote.service.step(1, of: try remote.name(job))
            remote.service.succeed(try remote.name(job))
            try await eventually("done") { try await remote.jobs.job(job.id).status == .succeeded }
        }
        let tries = remote.service.state.withLock { $0.follows }
        #expect(tries == 3)
        keeping.cancel()
        _ = await keeping.result
        #expect(remote.service.state.withLock { $0.followers } == 0)
    }

    @Test func whatATerminalWouldObeyIsNotKept() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        let name = try remote.name(job)
        remote.service.change(name) {
            $0.job.status = .other("odd\u{1B}[2J")
            $0.job.extras = [RemoteField(name: "note", value: "a\u{9B}31mb\r")]
            $0.events = [RemoteEvent(id: "e", createdAt: .now, message: "Hi\u{1B}]0;title\u{07}\n你好")]
        }
        remote.service.change(name) { $0.isOver = true }
        _ = try await remote.jobs.refresh(job.id)
        let follow = Task { [jobs = remote.jobs] in try await jobs.keepUp(job.id) }
        try await eventually("event") {
            try await remote.jobs.events(of: job.id, after: nil).contains { $0.message.english.hasPrefix("Hi") }
        }
        follow.cancel()
        _ = await follow.result
        let kept = try await remote.jobs.job(job.id)
        #expect(kept.status.text == "odd\u{FFFD}[2J")
        #expect(kept.origin?.extras.first?.value == "a\u{FFFD}31mb\u{FFFD}")
        let events = try await remote.jobs.events(of: job.id, after: nil)
        #expect(events.contains { $0.message.english == "Hi\u{FFFD}]0;title\u{FFFD}\n你好" })
        #expect(events.filter { $0.kind == .status(kept.status) }.count == 1)
    }

    private func children(of process: pid_t) -> [pid_t] {
        let path = "/proc/\(process)/task/\(process)/children"
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: " ").compactMap { pid_t($0) }
    }
}

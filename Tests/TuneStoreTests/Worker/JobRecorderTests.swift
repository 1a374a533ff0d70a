import Foundation
import Testing
import TuneModel

@testable import TuneStore

struct JobRecorderTests {
    @Test func whatRunsAndHowFarItIsCanBeRead() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        let settings = Hyperparameters(job.request, examples: 100)
        try test.recorder(job).begin(settings, totalSteps: 100)
        try test.recorder(job).step(.example(7, of: 100))
        let read = try await test.workspace.read { try JobTable.job(job.id, $0) }
        #expect(read.hyperparameters == settings)
        #expect(read.totalSteps == 100)
        #expect(read.latest == .example(7, of: 100))
    }

    @Test func succeededJobHasAModelThatCanBeFound() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        let name = try test.recorder(job).succeed(try test.outcome(job))
        let read = try await test.jobs().job(job.id)
        #expect(read.status == .succeeded)
        #expect(read.fineTunedModel == name)
        #expect(read.trainedTokens == 99)
        let model = try await test.shelf.find(name)
        #expect(name.hasPrefix("ft:smollm2-135m:personal:jargon:"))
        #expect(model.base == "smollm2-135m")
        #expect(model.ending == "\n")
        #expect(model.separator == " ->")
        #expect(model.card.bytes == 5)
    }

    @Test func modelsOfOneSecondGetDifferentNames() async throws {
        let test = try TestWorkspace()
        let first = try await test.runningJob()
        _ = try await test.jobs().create(try test.request())
        let second = try await test.queue.claimNext()!.job
        let names = [first, second].map { job in try? test.recorder(job).succeed(try test.outcome(job)) }
        #expect(names[0] != nil && names[1] != nil && names[0] != names[1])
    }

    @Test func lossThatIsNoNumberIsKept() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        try test.recorder(job).step(.example(1, loss: .nan))
        #expect(try await test.jobs().steps(of: job.id).first?.trainingLoss.isNaN == true)
    }

    @Test func failureIsToldWithItsExplanation() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        let failure = JobFailure(code: "loss_not_finite", explanation: StoreError.pipMissing.explanation)
        try test.recorder(job).fail(failure)
        let read = try await test.jobs().job(job.id)
        #expect(read.failure == failure)
        let events = try await test.jobs().events(of: job.id, after: nil)
        #expect(events.last?.kind == .status(.failed))
        #expect(events.last?.level == .error)
    }
}

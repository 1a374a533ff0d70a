import Foundation
import GRDB
import Synchronization
import Testing
import TuneModel

@testable import TuneStore

/// Programs that die, services that repeat themselves and networks that go away, by chance.
struct MirrorChanceTests {
    @Test(arguments: UInt64(0)..<60)
    func whateverHappensNothingIsLostAndNothingIsDoubled(seed: UInt64) async throws {
        var chance = Chance(seed)
        let creations: [ScriptedService.Creation] = [
            .answer, .loseAnswer, .loseRequest, .hang(made: true), .hang(made: false),
        ]
        let creation = creations.randomElement(using: &chance)!
        let service = ScriptedService([creation])
        let remote = try RemoteTest(service, grace: 0)
        let programs = [remote.jobs, try remote.elsewhere(grace: 0), try remote.elsewhere(grace: 0)]
        let sender = Task { _ = try? await remote.created() }
        try await eventually("asked") { service.state.withLock { !$0.requests.isEmpty } }
        if case .hang(let made) = creation {
            try await eventually("made") { made == service.state.withLock { !$0.runs.isEmpty } }
            sender.cancel()
        } else if Bool.random(using: &chance) {
            sender.cancel()
        }
        await sender.value
        let id = try await remote.only().id
        let isMade = service.state.withLock { !$0.runs.isEmpty }

        var mirrors: [Task<Void, any Error>] = []
        var step = 0
        for _ in 0..<Int.random(in: 3...10, using: &chance) {
            let program = programs.randomElement(using: &chance)!
            mirrors.append(Task { try await program.keepUp(id) })
            if let name = service.state.withLock({ $0.runs.first?.job.id }) {
                for _ in 0..<Int.random(in: 0...4, using: &chance) {
                    step += 1
                    service.step(step, of: name, total: 40)
                }
                let isForgetful = Bool.random(using: &chance)
                service.state.withLock { $0.isForgetful = isForgetful }
                if Bool.random(using: &chance) {
                    service.change(name) {
                        $0.live += [.away(ScriptedFault.away.explanation, retryIn: 0.1), .back]
                        if !$0.events.isEmpty { $0.events.swapAt(0, $0.events.count - 1) }
                    }
                }
            }
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...8, using: &chance)))
            if Bool.random(using: &chance), let victim = mirrors.randomElement(using: &chance) { victim.cancel() }
        }
        if let name = service.state.withLock({ $0.runs.first?.job.id }) { service.succeed(name) }
        for mirror in mirrors { mirror.cancel() }
        for mirror in mirrors { _ = await mirror.result }
        try await programs.randomElement(using: &chance)!.keepUp(id)

        let job = try await remote.only()
        #expect(job.status == (isMade ? .succeeded : .failed))
        #expect(service.state.withLock { $0.runs.count } == (isMade ? 1 : 0))
        #expect(service.state.withLock { $0.mostFollowers } <= 1)
        #expect(try await remote.jobs.steps(of: id).map(\.step) == Array(1..<step + 1))
        let events = try await remote.jobs.events(of: id, after: nil)
        #expect(events.map(\.id) == Array(1...events.count))
        let told = events.compactMap { event in
            if case .metrics(let metrics) = event.kind { metrics.step } else { nil }
        }
        #expect(told.sorted() == Array(1..<step + 1))
        #expect(events.filter { $0.kind == .status(job.status) }.count == 1)
    }
}

/// SplitMix64: the same numbers from the same seed.
private struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

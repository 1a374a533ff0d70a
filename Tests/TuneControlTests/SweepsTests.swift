import Foundation
import Testing
import TuneModel

@testable import TuneControl

/// Order, marks and sweeps in the list of jobs.
struct SweepsTests {
    private let group = GroupID("sweep-abcdefgh")!

    /// A job made at a second of the day.
    private func job(
        _ letter: Character, _ status: JobStatus, at second: Int, turn: Int? = nil, group: GroupID? = nil,
        rank: Int? = nil
    ) -> Job {
        var job = Job(
            id: JobID("ftjob-" + String(repeating: letter, count: 24))!, status: status, model: "base",
            trainingFile: "/a.jsonl", createdAt: Date(timeIntervalSince1970: Double(second)),
            request: HyperparameterRequest { $0.loraRank = rank })
        job.turn = turn
        job.group = group
        return job
    }

    private func letters(_ state: Jobs.State) -> String { state.jobs.map { $0.id.text.suffix(1) }.joined() }

    private func deck(_ jobs: [Job]) -> Deck.State {
        var state = Deck.State(language: .english)
        state.tab = .jobs
        _ = Deck.update(&state, .jobs(.arrived(jobs)))
        return state
    }

    @discardableResult
    private func give(_ command: Command, to state: inout Deck.State) -> [Effect] {
        Deck.update(&state, .command(command, rows: 10))
    }

    @Test func whatRunsStandsFirstThenWhatWaitsByItsTurnThenTheNewest() {
        var state = Jobs.State()
        _ = Jobs.update(
            &state,
            .arrived([
                job("e", .queued, at: 5, turn: 1), job("d", .queued, at: 4, turn: 2), job("c", .running, at: 3),
                job("b", .failed, at: 2), job("a", .succeeded, at: 1),
            ]))
        #expect(letters(state) == "cedba")
    }

    @Test func jobsOfASweepStandTogetherInTheOrderOfTime() {
        var state = Jobs.State()
        _ = Jobs.update(
            &state,
            .arrived([
                job("f", .queued, at: 6, turn: 3), job("e", .queued, at: 5, turn: 2, group: group),
                job("d", .queued, at: 4, turn: 1, group: group), job("c", .running, at: 3, group: group),
                job("b", .succeeded, at: 2, group: group), job("a", .succeeded, at: 1),
            ]))
        #expect(letters(state) == "bcdefa")
    }

    @Test func aSweepsJobsAreNamedByWhatSetsThemApart() {
        var state = Jobs.State()
        _ = Jobs.update(
            &state,
            .arrived([job("b", .queued, at: 2, group: group, rank: 8), job("a", .queued, at: 1, group: group, rank: 4)])
        )
        #expect(state.variations.values.sorted() == ["r 4", "r 8"])
    }

    @Test func theTurnOfAQueuedJobIsChanged() {
        var state = deck([job("b", .queued, at: 2, turn: 2), job("a", .queued, at: 1, turn: 1)])
        let id = state.jobs.jobs[0].id
        #expect(give(.moveLater, to: &state) == [.moveJob(id, .down)])
        #expect(give(.moveEarlier, to: &state) == [.moveJob(id, .up)])
        var alone = deck([job("a", .queued, at: 1, turn: 1)])
        #expect(give(.moveLater, to: &alone) == [])
    }

    @Test func markedJobsAreCompared() {
        var state = deck([job("c", .succeeded, at: 3), job("b", .failed, at: 2), job("a", .succeeded, at: 1)])
        #expect(!state.allows(.compareJobs))
        give(.markJob, to: &state)
        #expect(!state.allows(.compareJobs))
        give(.last, to: &state)
        give(.markJob, to: &state)
        let marked = [state.jobs.jobs[0], state.jobs.jobs[2]]
        #expect(give(.compareJobs, to: &state) == [.compareJobs(marked)])
        let comparison = JobComparison(marked.map { ($0, []) }, now: Date(timeIntervalSince1970: 9))
        _ = Deck.update(&state, .compared(comparison))
        guard case .comparison(let table)? = state.dialogs.last else {
            Issue.record("no comparison")
            return
        }
        #expect(table.comparison == comparison)
        give(.down, to: &state)
        // Enter goes to the job under the cursor.
        give(.first, to: &state)
        give(.accept, to: &state)
        #expect(state.dialogs.isEmpty && state.jobs.selected?.id == marked[0].id)
        give(.markJob, to: &state)
        #expect(state.jobs.marked.count == 1)
    }

    @Test func aMarkGoesWithItsJob() {
        var state = deck([job("b", .failed, at: 2), job("a", .succeeded, at: 1)])
        give(.markJob, to: &state)
        _ = Deck.update(&state, .jobs(.deleted(state.jobs.jobs[0].id)))
        #expect(state.jobs.marked.isEmpty)
    }

    @Test func withoutMarksTheSweepUnderTheCursorIsCompared() {
        let members = [job("b", .queued, at: 2, turn: 1, group: group), job("a", .succeeded, at: 1, group: group)]
        var state = deck(members + [job("z", .failed, at: 0)])
        #expect(give(.compareJobs, to: &state) == [.compareJobs([members[1], members[0]])])
    }

    @Test func aSweepIsCancelledAndDeletedAfterAQuestion() {
        let members = [job("b", .queued, at: 2, turn: 1, group: group), job("a", .succeeded, at: 1, group: group)]
        var state = deck(members)
        #expect(!state.allows(.deleteGroup))
        give(.cancelGroup, to: &state)
        #expect(give(.confirmYes, to: &state) == [.cancelJobs([members[0].id])])
        var cancelled = members[0]
        cancelled.status = .cancelled
        _ = Deck.update(&state, .jobs(.changed(cancelled)))
        #expect(!state.allows(.cancelGroup))
        give(.deleteGroup, to: &state)
        guard case .confirm? = state.dialogs.last else {
            Issue.record("nobody asked")
            return
        }
        let effects = give(.confirmYes, to: &state)
        #expect(effects.contains(.deleteJobs(state.jobs.jobs.map(\.id))))
        // A job outside of a sweep offers neither.
        var single = deck([job("z", .failed, at: 0)])
        #expect(give(.deleteGroup, to: &single) == [] && single.dialogs.isEmpty)
    }

    @Test func whatWasLearnedIsKeptAfterAQuestion() {
        var running = job("a", .running, at: 1)
        var state = deck([running])
        // Nothing has been learned yet.
        #expect(!state.allows(.keepJob))
        running.latest = JobsTests.step(3)
        _ = Deck.update(&state, .jobs(.changed(running)))
        #expect(give(.keepJob, to: &state) == [])
        #expect(give(.confirmNo, to: &state) == [])
        give(.keepJob, to: &state)
        #expect(give(.confirmYes, to: &state) == [.keepJob(running.id)])
    }

    @Test func samplesAreKeptOnceAStep() {
        var state = Follow.State()
        let id = job("a", .running, at: 1).id
        _ = Follow.update(&state, .opened(id))
        let told = [(1, "p", "old"), (2, "p", "old"), (3, "p", "old"), (2, "p", "new"), (2, "q", "other")]
        let events = told.enumerated().map { index, sample in
            JobEvent(
                id: index + 1, createdAt: Date(timeIntervalSince1970: 0), message: Wording("s", "s"),
                kind: .sample(SampleAnswer(step: sample.0, prompt: sample.1, answer: sample.2)))
        }
        _ = Follow.update(&state, .arrived(id, events))
        #expect(state.samples.map(\.answer) == ["old", "new", "other"])
        #expect(state.events.isEmpty)
    }

    @Test func whatTheCourseMeansFollowsTheFollowedJob() {
        var running = job("a", .running, at: 1)
        running.hyperparameters = Hyperparameters(running.request, examples: 100)
        var state = deck([running])
        #expect(state.follow.meaning.isEmpty)
        func events(_ range: ClosedRange<Int>, loss: (Int) -> Double) -> [JobEvent] {
            range.map { step in
                JobEvent(
                    id: step, createdAt: Date(timeIntervalSince1970: 0), message: Wording("s", "s"),
                    kind: .metrics(JobsTests.step(step, loss: loss(step))))
            }
        }
        _ = Deck.update(&state, .follow(.arrived(running.id, events(1...30) { Double($0) })))
        #expect(state.follow.meaning.first?.english.contains("learning rate is too high") == true)
        // Facts come with the job, not with its steps.
        running.facts = TrainingFacts(examples: 5)
        _ = Deck.update(&state, .jobs(.changed(running)))
        #expect(state.follow.meaning.contains { $0.english.contains("little data") })
    }
}

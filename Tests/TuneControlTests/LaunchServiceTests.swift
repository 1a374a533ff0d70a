import Foundation
import Testing
import TuneModel

@testable import TuneControl

struct LaunchServiceTests {
    private let service = ServiceName("openai")!

    private func form() -> Launch.State {
        var state = Launch.State(
            training: "/a.jsonl", validation: nil, suffix: "a-1",
            bases: [BaseModel(name: "smollm2-135m", isPresent: true)], base: nil)
        state.services = [service]
        return state
    }

    /// At the service, with its models known.
    private func remote() -> Launch.State {
        var state = form()
        state.set(.place, service.text)
        _ = Launch.moved(&state)
        _ = Launch.take(["big", "small"], of: service, in: &state)
        return state
    }

    private func departure(
        _ questions: [Departure.Question] = [], match: UploadCandidate.Match? = nil, cost: JobCost? = nil
    ) -> Departure {
        let candidates = match.map {
            [UploadCandidate(id: "file-1", filename: "a.jsonl", uploadedAt: Date(timeIntervalSince1970: 0), match: $0)]
        }
        let file = Departure.File(use: .training, path: "/a.jsonl", bytes: 10, candidates: candidates ?? [])
        return Departure(service: service, files: [file], cost: cost, questions: questions)
    }

    @Test func anotherPlaceHasItsOwnModelsAndSettings() throws {
        var state = form()
        state.active = 0
        #expect(Launch.update(&state, .choiceChanged) == [.stop(.estimating), .loadTrainable(service)])
        let effects = Launch.take(["big", "small"], of: service, in: &state)
        let request = try state.request.get()
        #expect(effects == [.reckonDeparture([request])])
        #expect(request.model == "big" && request.service == service)
        #expect(request.hyperparameters == HyperparameterRequest { $0.seed = 42 })
        #expect(Launch.update(&state, .choiceChanged) == [.estimate(try state.request.get())])
        #expect(try state.request.get().model == "smollm2-135m")
        #expect(try state.request.get().hyperparameters.epochs == 4)
    }

    @Test func withoutServicesTheFormIsAsItWas() {
        var state = form()
        state.services = []
        #expect(!state.isUsed(.place) && !state.isUsed(.second) && !state.isUsed(.multiplier))
    }

    @Test func twoModelsMakeTwoJobsThatAreAlikeOtherwise() throws {
        var state = remote()
        state.set(.second, "small")
        let requests = try state.requests.get()
        #expect(requests.map(\.model) == ["big", "small"])
        #expect(requests[0].hyperparameters == requests[1].hyperparameters && requests[0].suffix == requests[1].suffix)
        state.set(.second, "big")
        guard case .failure(let fault) = state.requests else {
            Issue.record("the same model twice")
            return
        }
        #expect(fault.field == .second)
    }

    @Test func twoModelsHereAreOneGroup() throws {
        var state = form()
        state.bases.append(BaseModel(name: "other", isPresent: true))
        state.set(.second, "other")
        #expect(Launch.update(&state, .startAsked) == [.createJobs(try state.requests.get())])
    }

    @Test func nothingStartsBeforeTheDepartureIsKnown() throws {
        var state = remote()
        #expect(Launch.update(&state, .startAsked) == [])
        let requests = try state.requests.get()
        _ = Launch.update(&state, .reckoned(requests, .done([departure()])))
        #expect(Launch.update(&state, .startAsked) == [.createRemote(requests, DepartureChoices())])
        #expect(Launch.update(&state, .startAsked) == [])
    }

    @Test func whatIsAskedHasToBeAgreedToFirst() throws {
        var state = remote()
        let requests = try state.requests.get()
        _ = Launch.update(&state, .reckoned(requests, .done([departure([.findings])])))
        #expect(Launch.update(&state, .startAsked) == [])
        #expect(state.question == .consent)
        _ = Launch.update(&state, .answered)
        #expect(Launch.update(&state, .startAsked) == [.createRemote(requests, DepartureChoices(isAgreed: true))])
    }

    @Test func consentDoesNotOutliveWhatItWasGivenTo() throws {
        var state = remote()
        _ = Launch.update(&state, .reckoned(try state.requests.get(), .done([departure([.unknownCost])])))
        state.choices.isAgreed = true
        state.question = nil
        state.active = 1
        _ = Launch.update(&state, .edited(.insert("x")))
        #expect(!state.choices.isAgreed && state.reckoning == .running)
    }

    @Test func theSameBytesAreNotSentAgainUnlessWantedAndALikenessIsOnlyOffered() throws {
        var state = remote()
        let requests = try state.requests.get()
        _ = Launch.update(&state, .reckoned(requests, .done([departure(match: .bytes)])))
        #expect(state.choices.reuse == ["/a.jsonl": "file-1"])
        #expect(state.departures[0].bytesToSend(state.choices) == 0)
        state.question = .reuse(.training)
        _ = Launch.update(&state, .answered)
        #expect(state.choices.reuse.isEmpty && state.departures[0].bytesToSend(state.choices) == 10)

        var other = remote()
        _ = Launch.update(&other, .reckoned(requests, .done([departure(match: .nameAndSize)])))
        #expect(other.choices.reuse.isEmpty && other.questions == [.reuse(.training)])
    }

    @Test func theCursorGoesThroughTheQuestionsAfterTheFields() throws {
        var state = remote()
        _ = Launch.update(&state, .reckoned(try state.requests.get(), .done([departure([.findings], match: .bytes)])))
        state.active = state.visible[0]
        _ = Launch.update(&state, .fieldMoved(by: -1))
        #expect(state.question == .consent)
        _ = Launch.update(&state, .fieldMoved(by: -1))
        #expect(state.question == .reuse(.training))
        _ = Launch.update(&state, .fieldMoved(by: -1))
        #expect(state.question == nil && state.active == state.visible.last)
    }

    @Test func aSumIsToldOnlyWhenEveryCostIsKnown() throws {
        var state = remote()
        state.set(.second, "small")
        let known = departure(
            cost: JobCost(price: Price(training: 2), estimated: TokenReckoning(tokens: 500_000, isExact: true)))
        let requests = try state.requests.get()
        _ = Launch.update(&state, .reckoned(requests, .done([known, known])))
        #expect(state.dollars == 2)
        _ = Launch.update(&state, .reckoned(requests, .done([known, departure()])))
        #expect(state.dollars == nil)
    }
}

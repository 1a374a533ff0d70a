import Testing
import TuneModel

@testable import TuneControl

struct LaunchTests {
    private func form(_ changes: [Launch.Field.Name: String] = [:], present: Bool = true) -> Launch.State {
        var state = Launch.State(
            training: "/a_prepared.jsonl", validation: nil, suffix: "a-1",
            bases: [BaseModel(name: "smollm2-135m", isPresent: present)], base: nil)
        for index in state.fields.indices {
            if let text = changes[state.fields[index].name] { state.fields[index].buffer.replace(with: text) }
        }
        return state
    }

    @Test func everythingIsFilledInForAFirstTry() throws {
        let request = try form().request.get()
        #expect(request.model == "smollm2-135m")
        #expect(request.trainingFile == "/a_prepared.jsonl")
        #expect(request.hyperparameters.maxSteps == 200)
    }

    @Test func aBlankNumberLeavesTheChoiceToTheTrainer() throws {
        let request = try form([.steps: "", .batch: " "]).request.get()
        #expect(request.hyperparameters.maxSteps == nil)
        #expect(request.hyperparameters.batchSize == nil)
    }

    @Test(arguments: [
        (Launch.Field.Name.steps, "0"), (.steps, "many"), (.epochs, "-1"), (.batch, "1000"), (.learningRate, "0"),
        (.learningRate, "fast"), (.rank, "8.5"), (.training, "  "), (.seed, "-3"),
    ])
    func whatCannotBeMeantIsToldAtItsField(field: Launch.Field.Name, text: String) {
        var state = form([field: text])
        guard case .failure(let fault) = state.request else {
            Issue.record("\(text) was taken for \(field)")
            return
        }
        #expect(fault.field == field)
        #expect(Launch.update(&state, .startAsked) == [])
    }

    @Test func startsOnceAndNotWithoutItsBase() throws {
        var state = form()
        #expect(Launch.update(&state, .startAsked) == [.createJob(try form().request.get())])
        #expect(Launch.update(&state, .startAsked) == [])
        var missing = form(present: false)
        #expect(Launch.update(&missing, .startAsked) == [])
        #expect(missing.missingBase?.name == "smollm2-135m")
    }

    @Test func onlyTheEstimateOfWhatIsAskedNowCounts() throws {
        var state = form()
        let old = try state.request.get()
        state.active = 4
        _ = Launch.update(&state, .edited(.insert("0")))
        _ = Launch.update(&state, .estimated(old, .done(LaunchEstimate(examples: 1, steps: 1))))
        #expect(state.estimation == .running)
    }
}

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

    @Test func everySettingCanBeGivenInTheForm() throws {
        let request = try form([
            .method: "dpo", .beta: "0.2", .tuning: "lora", .alpha: "32", .dropout: "0.05", .targets: "q,v",
            .rankStabilized: "true", .schedule: "linear", .warmup: "0.1", .accumulation: "4", .decay: "0.01",
            .clip: "0.5", .noise: "5", .promptWeight: "0.1", .evalSteps: "20", .patience: "3", .memory: "900",
            .samples: "What is a kludge? -> | What is foo? ->", .split: "0.1",
        ]).request.get()
        let asked = request.hyperparameters
        let open = SettingName.allCases.filter { $0.text(in: asked) == nil }
        #expect(Set(open) == [.multiplier, .batchSize])
        #expect(asked.method == .dpo(beta: 0.2))
        #expect(asked.samplePrompts == ["What is a kludge? ->", "What is foo? ->"])
        #expect(asked.validationShare == 0.1)
    }

    @Test func whatIsLeftOpenStaysOpen() throws {
        let asked = try form().request.get().hyperparameters
        #expect(asked.method == nil && asked.samplePrompts == nil && asked.schedule == nil)
    }

    @Test(arguments: [
        (Launch.Field.Name.method, "ppo"), (.beta, "0"), (.dropout, "1"), (.targets, "x"), (.rankStabilized, "maybe"),
        (.schedule, "step"), (.warmup, "2"), (.accumulation, "0"), (.memory, "1"), (.split, "0.9"),
    ])
    func aFaultThatIsOutOfSightIsShown(field: Launch.Field.Name, text: String) {
        var state = form([field: text])
        #expect(Launch.update(&state, .startAsked) == [])
        #expect(state.fields[state.active].name == field)
        #expect(state.visible.contains(state.active))
    }

    @Test func aValidationFileAndASplitExcludeEachOther() {
        guard case .failure(let fault) = form([.validation: "/v.jsonl", .split: "0.1"]).request else {
            Issue.record("both were taken")
            return
        }
        #expect(fault.field == .split)
    }

    @Test func theOtherSettingsComeAndGo() {
        var state = form()
        let few = state.visible.count
        _ = Launch.update(&state, .fieldMoved(by: -1))
        #expect(state.fields[state.active].name == .seed)
        _ = Launch.update(&state, .moreToggled)
        #expect(state.fields[state.active].name == .method && state.visible.count > few)
        _ = Launch.update(&state, .moreToggled)
        #expect(state.active == state.visible.first && state.visible.count == few)
    }

    @Test func oneKeyGoesThroughTheChoices() {
        var state = form()
        _ = Launch.update(&state, .moreToggled)
        state.active = state.fields.firstIndex { $0.name == .schedule } ?? 0
        var seen: [String] = []
        for _ in 0..<4 {
            _ = Launch.update(&state, .choiceChanged)
            seen.append(state.text(.schedule))
        }
        #expect(seen == ["cosine", "linear", "constant", "cosine"])
        state.active = state.fields.firstIndex { $0.name == .decay } ?? 0
        #expect(Launch.update(&state, .choiceChanged) == [])
    }
}

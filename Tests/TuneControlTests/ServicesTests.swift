import Testing
import TuneModel

@testable import TuneControl

struct ServicesTests {
    private let one = ServiceName("one")!
    private let two = ServiceName("two")!

    private func roll(_ names: [ServiceName], current: ServiceName? = nil) -> ServiceRoll {
        ServiceRoll(
            cards: names.map { ServiceCard(name: $0, address: "https://\($0)", keySource: nil) }, current: current)
    }

    @Test func theCursorStartsOnTheCurrentServiceAndThenStays() {
        var state = Services.State()
        _ = Services.update(&state, .arrived(roll([one, two], current: two)))
        #expect(state.selected?.name == two && state.list.count == 3)
        _ = Services.update(&state, .moved(.first, rows: 5))
        #expect(state.selected == nil)
        _ = Services.update(&state, .arrived(roll([two, one], current: two)))
        #expect(state.selected == nil && state.current == two)
    }

    @Test func aCurrentServiceThatIsConfiguredNoLongerIsThisMachine() {
        var state = Services.State()
        _ = Services.update(&state, .arrived(roll([one], current: two)))
        #expect(state.current == nil)
    }

    @Test func choosingAsksTheServiceHowItIs() {
        var state = Services.State()
        _ = Services.update(&state, .arrived(roll([one])))
        #expect(Services.update(&state, .chosen(one)) == [.chooseService(one), .checkService(one)])
        #expect(state.standing(of: one) == .asking)
        #expect(Services.update(&state, .chosen(nil)) == [.chooseService(nil)])
    }

    @Test func onlyWhatHasShownThatItCannotIsTakenNotToPause() {
        var state = Services.State()
        #expect(state.canPause(one))
        let legacy = ServiceStanding(dialect: "legacy", seconds: 1, models: 1, canPause: false)
        _ = Services.update(&state, .checked(one, .good(legacy)))
        #expect(!state.canPause(one) && state.canPause(two))
    }
}

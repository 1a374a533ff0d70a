import Testing
import TuneModel

@testable import TuneControl

struct ConnectTests {
    private func form(_ change: (inout Connect.State) -> Void = { _ in }) -> Connect.State {
        var form = Connect.State(taken: [])
        change(&form)
        return form
    }

    @Test func theServiceThatMostMeanIsFilledIn() throws {
        #expect(
            try form().request.get()
                == NewService(
                    name: ServiceName("openai")!, address: "https://api.openai.com/v1",
                    key: .environment("OPENAI_API_KEY")))
        #expect(Connect.State(taken: [ServiceName("openai")!]).name.text.isEmpty)
    }

    @Test(arguments: [
        (Connect.Row.name, "Open AI"), (.name, "local"), (.name, ""), (.address, "api.openai.com"),
        (.address, "ftp://api.openai.com"), (.address, "https://me:pw@api.openai.com/v1"),
        (.address, "https://api.openai.com/v1?key=1"), (.address, "http://api.openai.com/v1"), (.value, ""),
        (.value, "sk-proj-abc"), (.value, "$OPENAI_API_KEY"), (.value, "Bearer abc"),
    ])
    func whatCannotBeMeantIsToldAtItsRow(row: Connect.Row, text: String) {
        var state = form { form in
            switch row {
            case .name: form.name.replace(with: text)
            case .address: form.address.replace(with: text)
            case .value: form.value.replace(with: text)
            case .source: break
            }
        }
        guard case .failure(let fault) = state.request else {
            Issue.record("\(text) was taken")
            return
        }
        #expect(fault.row == row)
        #expect(Connect.update(&state, .accepted) == [])
        #expect(state.row == row && state.isTold && !state.isAdding)
    }

    @Test func aKeyIsNeverPartOfAFault() {
        let state = form { $0.value.replace(with: "sk-canary") }
        guard case .failure(let fault) = state.request else {
            Issue.record("taken")
            return
        }
        #expect(!"\(fault)".contains("canary"))
    }

    @Test func plainHTTPIsForThisMachineOrWithoutAKey() throws {
        for address in ["http://127.0.0.1:8080/v1", "http://localhost/v1"] {
            #expect(try form { $0.address.replace(with: address) }.request.get().address == address)
        }
        let open = form {
            $0.address.replace(with: "http://office.lan/v1")
            $0.source = .none
        }
        #expect(try open.request.get().key == .none)
    }

    @Test func anotherKindOfPlaceBeginsEmpty() {
        var state = form()
        state.active = 2
        _ = Connect.update(&state, .toggled)
        #expect(state.source == .file && state.value.text.isEmpty)
        _ = Connect.update(&state, .toggled)
        _ = Connect.update(&state, .toggled)
        #expect(state.source == .none && state.rows.count == 3)
    }

    @Test func aServiceIsAddedOnce() {
        var state = form()
        #expect(Connect.update(&state, .accepted).count == 1)
        #expect(Connect.update(&state, .accepted) == [])
        _ = Connect.update(&state, .failed)
        #expect(Connect.update(&state, .accepted).count == 1)
    }
}

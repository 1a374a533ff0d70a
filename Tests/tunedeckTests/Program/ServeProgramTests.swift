import Foundation
import Testing
import TuneTestSupport

/// How `serve` starts, or does not; `Tests/Clients` has what it does.
struct ServeProgramTests {
    @Test(arguments: ["0.0.0.0", "::", "192.0.2.1"])
    func withoutAKeyItIsNotOpenToOthers(_ host: String) throws {
        let outcome = try TestHome().run("serve", "--host", host)
        #expect(outcome.status == 2)
        #expect(outcome.complaint?.contains("TUNEDECK_API_KEY") == true)
    }

    @Test func anEmptyKeyIsNone() throws {
        #expect(try TestHome().run("serve", "--host", "0.0.0.0", "--api-key", "").status == 2)
    }

    @Test func aPortThatIsNoneIsRefused() throws {
        #expect(try TestHome().run("serve", "--port", "70000").status == 2)
    }
}

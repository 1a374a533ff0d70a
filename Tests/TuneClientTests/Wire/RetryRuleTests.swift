import Foundation
import NIOHTTP1
import Testing

@testable import TuneClient

@Suite struct RetryRuleTests {
    private let rule = RetryRule(limits: ServiceProfile.Limits())
    private let now = Date(timeIntervalSince1970: 1_795_539_600)

    private func advice(_ status: Int, _ headers: [(String, String)] = []) -> RetryRule.Advice {
        rule.advice(status: status, headers: HTTPHeaders(headers), now: now)
    }

    @Test(arguments: [408, 409, 429, 500, 502, 503, 529])
    func theseAreSentAgain(_ status: Int) { #expect(advice(status) == .yes(wait: nil)) }

    @Test(arguments: [400, 401, 403, 404, 405, 413, 422])
    func theseAreNot(_ status: Int) { #expect(advice(status) == .no) }

    @Test func theServiceSaysHowLongToWait() {
        #expect(advice(429, [("retry-after", "7")]) == .yes(wait: .seconds(7)))
        #expect(advice(429, [("retry-after-ms", "250"), ("retry-after", "7")]) == .yes(wait: .milliseconds(250)))
        #expect(advice(503, [("retry-after", "Tue, 24 Nov 2026 17:00:30 GMT")]) == .yes(wait: .seconds(30)))
        #expect(advice(503, [("retry-after", "Tue, 24 Nov 2020 17:00:30 GMT")]) == .yes(wait: .zero))
    }

    @Test func aWaitThatCannotBeReadIsOurs() {
        for text in ["soon", "-4", "", "Tue, 99 Foo 2026"] {
            #expect(advice(429, [("retry-after", text)]) == .yes(wait: nil), "\(text)")
        }
    }

    @Test func aWaitThatIsTooLongIsARefusal() {
        #expect(advice(429, [("retry-after", "121")]) == .no)
        #expect(advice(429, [("retry-after", "1e300")]) == .no)
        #expect(advice(429, [("retry-after", "120")]) == .yes(wait: .seconds(120)))
    }

    @Test func theServiceHasTheLastWord() {
        #expect(advice(500, [("x-should-retry", "false")]) == .no)
        #expect(advice(400, [("x-should-retry", "true")]) == .yes(wait: nil))
    }

    @Test func delaysDoubleUpToTheLongest() {
        for (count, longest) in [(1, 0.5), (2, 1), (3, 2), (5, 8), (60, 8)] {
            for _ in 0..<50 {
                let delay = rule.delay(after: count).seconds
                #expect(delay <= longest && delay >= longest * 0.75, "\(count): \(delay)")
            }
        }
    }
}

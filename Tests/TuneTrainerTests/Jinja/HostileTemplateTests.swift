import Testing
import TuneModel

@testable import TuneTrainer

/// Templates that ask for more time or memory than a conversation is worth, or for what cannot be computed.
struct HostileTemplateTests {
    private func render(_ source: String) throws -> String {
        try ChatTemplate(source: source, path: "t").render(
            [Message(role: "user", content: "What?")], promptsAnswer: true)
    }

    private static func growing(_ first: String, _ next: String, times: Int) -> String {
        "{% set ns = namespace(x=\(first)) %}{% for i in range(\(times)) %}{% set ns.x = \(next) %}{% endfor %}{{ ns.x }}"
    }

    @Test(arguments: [
        growing("'ab'", "ns.x ~ ns.x", times: 60), growing("[1]", "ns.x + ns.x", times: 60),
        growing("1", "[ns.x]", times: 100_000), growing("1", "[ns.x, ns.x]", times: 60),
        growing("1", "{'a': ns.x}", times: 100_000), growing("1", "namespace(x=ns.x)", times: 100_000),
        growing("1", "ns", times: 1), "{{ ('a' * 100000).replace('a', 'b' * 100000) }}",
        "{{ range(1000) | join('b' * 100000) }}", "{{ ('b' * 100000).join(range(1000)) }}",
        "{{ ('\\n' * 100000) | indent(1000) }}", "{{ 'ab' * 9223372036854775807 }}",
        "{{ range(9223372036854775807) }}", "{{ range(-9223372036854775807, 9223372036854775807) }}",
        "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in range(100000) %}{{ 'a' * 1000 }}{% endfor %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "{{ " + String(repeating: "(", count: 100_000),
        "{{ " + String(repeating: "[", count: 100_000), String(repeating: "{% if 1 %}", count: 100_000),
        "{{ " + String(repeating: "-", count: 100_000) + "1 }}",
        "{{ " + String(repeating: "not ", count: 100_000) + "1 }}", "{{ raise_exception('no') }}",
        "{{ 9223372036854775807 + 1 }}", "{{ 1 // 0 }}",
    ])
    func isRefusedSoon(_ source: String) throws {
        let (toll, result) = try Toll.of { try render(source) }
        #expect(throws: TrainerError.self) { try result.get() }
        #expect(toll.seconds < 1)
        #expect(toll.megabytes < 64)
    }

    /// What these come to is their own affair; that they come to something is ours.
    @Test(arguments: [
        "{{ [1, [2]] | tojson(indent=-1) }}", "{{ [1] | tojson(indent=9223372036854775807) }}",
        "{{ (-9223372036854775807 - 1) is divisibleby(-1) }}", "{{ (-9223372036854775807 - 1) | abs }}",
        "{{ (-9223372036854775807 - 1) % -1 }}", "{{ (-9223372036854775807 - 1) // -1 }}",
        "{{ -(-9223372036854775807 - 1) }}", "{{ range(9223372036854775806, 9223372036854775807, 5) | length }}",
        "{{ [1, 2][9223372036854775807] }}", "{{ [1, 2][-9223372036854775807:9223372036854775807:-1] }}",
        "{{ 'abc'[::9223372036854775807] }}", "{{ 'abc'[::-9223372036854775807] }}", "{{ 1e308 * 10 }}",
        "{{ 1e999 | int }}", "{{ (1e308 * 10 - 1e308 * 10) | int }}", "{{ 2 ** 1e9 }}",
        "{{ 2 ** -9223372036854775807 }}",
        "{{ ''.split(',') }}", "{{ 'é'.find('e') }}", "{{ messages[0].content[-1] }}", "{{ 1 % 0.0 }}",
    ])
    func isFollowedOrRefusedWithoutATrap(_ source: String) throws {
        do {
            _ = try render(source)
        } catch let error as TrainerError {
            #expect(error.explanation.what.english.contains("t"))
        }
    }
}

import Testing

@testable import TuneClient

@Suite struct EventStreamParserTests {
    private func events(_ pieces: [[UInt8]]) throws -> [EventStreamParser.Event] {
        var parser = EventStreamParser(limit: 1_000)
        return try pieces.flatMap { try parser.feed($0) }
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func everyCutGivesTheSameEvents(_ end: String) throws {
        let text = [
            "\u{FEFF}: a comment", "data: Grüße 🦊", "", "event: error", "data:one", "data:  two", "id: 7", "data", "",
            "",
            "retry: 3", "", "data: last", "",
        ].map { $0 + end }.joined()
        let bytes = Array(text.utf8)
        let wanted: [EventStreamParser.Event] = [
            .init(name: "", data: "Grüße 🦊"), .init(name: "error", data: "one\n two\n"), .init(name: "", data: "last"),
        ]
        #expect(try events(bytes.map { [$0] }) == wanted)
        for cut in 0...bytes.count {
            #expect(try events([Array(bytes[..<cut]), Array(bytes[cut...])]) == wanted, "cut at \(cut)")
        }
    }

    @Test func anEventWithoutItsEmptyLineIsNone() throws {
        #expect(try events([Array("data: a\n\ndata: b\n".utf8)]).map(\.data) == ["a"])
    }

    @Test func anEventHasALimit() {
        #expect(throws: EventStreamParser.TooLarge.self) {
            try events([Array("data: ".utf8) + [UInt8](repeating: 0x78, count: 2_000)])
        }
        #expect(throws: EventStreamParser.TooLarge.self) {
            try events(Array(repeating: Array("data: xxxxxxxxxxxxxxxxxxxx\n".utf8), count: 100))
        }
    }
}

import Foundation
import Testing
import TuneModel

@testable import TuneData

struct RowChangeTests {
    private func changed(_ line: String, _ change: RowChange) -> String? {
        Array(line.utf8).withUnsafeBufferPointer { ChangePatch(change: change, columns: .standard).line($0) }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private let chat =
        #"{"messages":[{"role":"user","content":"hi "},"#
        + #"{"role":"assistant","content":"hi","name":"hi"}],"hi":"hi"}"#

    @Test func textIsReplacedWhereItIsWished() throws {
        let pattern = try TextPattern("hi")
        #expect(
            changed(chat, .replaceText(pattern, with: "ho"))
                == chat.replacing(#""content":"hi"#, with: #""content":"ho"#))
        #expect(
            changed(chat, .replaceText(pattern, with: "ho", in: [.turns(of: "assistant")]))
                == chat.replacing(#""content":"hi","name""#, with: #""content":"ho","name""#))
        #expect(changed(chat, .replaceText(pattern, with: "ho", in: [.prompt])) == nil)
        let groups = try TextPattern("(a)(b)", isRegex: true)
        #expect(
            changed(#"{"prompt":"ab\/ab","completion":""}"#, .replaceText(groups, with: "$2$1"))
                == #"{"prompt":"ba\/ba","completion":""}"#)
    }

    @Test func spaceEscapesAndControlsGo() {
        #expect(
            changed(#"{"prompt":" \t a\n","completion":" b "}"#, .strip(in: [.prompt]))
                == #"{"prompt":"a","completion":" b "}"#)
        #expect(changed(#"{"prompt":"a","completion":"b"}"#, .strip()) == nil)
        #expect(
            changed(#"{"prompt":"\u001b[31mred\u001b[0m\u0007","completion":"b"}"#, .clean)
                == #"{"prompt":"red","completion":"b"}"#)
        let broken: [UInt8] = Array(#"{"prompt":""#.utf8) + [0xff] + Array(#"","completion":"b"}"#.utf8)
        let cleaned = broken.withUnsafeBufferPointer { ChangePatch(change: .clean, columns: .standard).line($0) }
        #expect(cleaned == Array(#"{"prompt":"\#u{fffd}","completion":"b"}"#.utf8))
    }

    @Test func rolesAndSystemPromptsAreSet() {
        #expect(changed(chat, .role(from: "user", to: "human")) == chat.replacing(#""user""#, with: #""human""#))
        #expect(changed(chat, .role(from: "tool", to: "user")) == nil)
        let system = #"{"role":"system","content":"Be brief."}"#
        let with = chat.replacing(#"[{"role":"user""#, with: #"[\#(system),{"role":"user""#)
        #expect(changed(chat, .system("Be brief.")) == with)
        #expect(changed(with, .system("Be brief.")) == nil)
        #expect(changed(with, .system("Be long.")) == with.replacing("brief", with: "long"))
        #expect(changed(#"{"messages":[]}"#, .system("x")) == #"{"messages":[{"role":"system","content":"x"}]}"#)
        #expect(changed(#"{"prompt":"a","completion":"b"}"#, .system("x")) == nil)
    }

    @Test func edgesAreAddedOnce() {
        let line = #"{"prompt":"a","completion":"b"}"#
        #expect(changed(line, .suffix("\n\n###\n\n", of: .prompt)) == #"{"prompt":"a\n\n###\n\n","completion":"b"}"#)
        #expect(changed(line, .prefix(" ", of: .completion)) == #"{"prompt":"a","completion":" b"}"#)
        #expect(changed(#"{"prompt":"a","completion":" b"}"#, .prefix(" ", of: .completion)) == nil)
        #expect(changed("broken", .prefix(" ", of: .completion)) == nil)
    }

    @Test func aPreviewTellsHowManyAndShowsTheFirst() throws {
        let scene = try DraftScene(rows: 20)
        let change = RowChange.replaceText(try TextPattern("1"), with: "one", in: [.prompt])
        let preview = try scene.draft.preview(change, of: RangeSet(0..<15))
        #expect(preview.count == 6)
        #expect(preview.samples.map(\.row) == [1, 10, 11])
        #expect(preview.samples[1].before == "10" && preview.samples[1].after == "one0")
        #expect(preview.samples[1].place == .prompt)
        #expect(try scene.apply(.change(RangeSet(0..<15), change)).count == 6)
        #expect(scene.draft.editedRows == rows(1, 10, 11, 12, 13, 14))
        #expect(throws: DataError.self) { try scene.draft.preview(change, of: RangeSet(0..<21)) }
    }

    @Test func manyRowsAreChangedInOneGoAndCanBeStopped() throws {
        let count = 20_000
        let scene = try DraftScene(rows: count)
        let odd = RangeSet((0..<count / 2).map { $0 * 2 + 1..<$0 * 2 + 2 })
        let shares = Shares()
        let work = DataWork(report: { shares.add($0) }, isCancelled: { false })
        #expect(try scene.draft.apply(.change(odd, .suffix("!", of: .completion)), work: work).count == count / 2)
        #expect(shares.all.count > 5 && shares.all == shares.all.sorted() && shares.all.last == 1)
        #expect(scene.draft.status.editedRows == count / 2)
        try scene.apply(.remove(odd))
        #expect(try scene.prompts == (0..<count / 2).map { "\($0 * 2)" })
        let texts = try scene.texts
        let stopped = Shares()
        #expect(throws: DataError.cancelled) {
            try scene.draft.apply(
                .change(RangeSet(0..<count / 2), .prefix("?", of: .completion)),
                work: DataWork(report: { stopped.add($0) }, isCancelled: { stopped.all.count > 2 }))
        }
        #expect(try scene.texts == texts)
        try scene.reopen()
        #expect(try scene.texts == texts)
        _ = try scene.draft.undo()
        _ = try scene.draft.undo()
        #expect(try scene.prompts == (0..<count).map { "\($0)" } && !scene.draft.status.isChanged)
    }

    private final class Shares: @unchecked Sendable {
        private let lock = NSLock()
        private var shares: [Double] = []
        func add(_ share: Double) { lock.withLock { shares.append(share) } }
        var all: [Double] { lock.withLock { shares } }
    }
}

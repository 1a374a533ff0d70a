import Foundation
import Testing
import TuneCanvas

@testable import TuneCurses

struct MessageEncoderTests {
    private func text(_ message: TerminalMessage, tmux: Bool = false) -> String {
        String(decoding: MessageEncoder(isInTmux: tmux).encode(message), as: UTF8.self)
    }

    @Test func whatIsCopiedGoesAsBase64SoThatNoByteOfItIsAnOrder() {
        #expect(text(.copy("a\u{1B}[31m中")) == "\u{1B}]52;c;YRtbMzFt5Lit\u{07}")
    }

    @Test func tmuxGetsItForItselfAndToHandOn() {
        #expect(
            text(.copy("a"), tmux: true) == "\u{1B}]52;c;YQ==\u{07}\u{1B}Ptmux;\u{1B}\u{1B}]52;c;YQ==\u{07}\u{1B}\\")
    }

    @Test func noMoreIsSentThanTerminalsTakeAndNoCharacterIsCut() throws {
        let long = String(repeating: "中", count: 30_000)
        let sent = text(.copy(long))
        #expect(sent.utf8.count <= 100_000)
        let data = try #require(Data(base64Encoded: String(sent.dropFirst(7).dropLast())))
        let copied = try #require(String(data: data, encoding: .utf8))
        #expect(copied.utf8.count == 74_994)
        #expect(long.hasPrefix(copied))
    }

    @Test func aMessageOfTheDesktopRingsToo() {
        #expect(
            text(.notify(title: "TuneDeck", text: "jargon-1 is done"))
                == "\u{1B}]9;TuneDeck: jargon-1 is done\u{07}\u{1B}]777;notify;TuneDeck;jargon-1 is done\u{07}\u{07}")
        #expect(text(.bell) == "\u{07}")
    }

    /// A job's name is foreign text.
    @Test(arguments: [
        "a\u{07}\u{1B}]52;c;eA==\u{07}", "a\u{1B}\\b", "a;b", "a\u{9C}b", "a\u{202E}b", "a\nb", "a\u{0}b", "a\u{7F}b",
    ])
    func aNameCannotEndTheMessageOrBeginAnother(name: String) {
        for tmux in [false, true] {
            let sent = text(.notify(title: "T", text: name), tmux: tmux)
            let frame =
                tmux
                ? "\u{1B}Ptmux;\u{1B}\u{1B}]9;\u{07}\u{1B}\u{1B}]777;\u{07}\u{1B}\\\u{07}"
                : "\u{1B}]9;\u{07}\u{1B}]777;\u{07}\u{07}"
            func controls(_ text: String) -> [Unicode.Scalar] {
                text.unicodeScalars.filter { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || $0.value == 0x202E }
            }
            #expect(controls(sent) == controls(frame))
            #expect(sent.filter { $0 == ";" }.count == (tmux ? 5 : 4))
        }
    }
}

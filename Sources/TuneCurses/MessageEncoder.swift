import Foundation
import TuneCanvas

/// What is sent to a terminal beside the picture: only these three sequences, and no byte of foreign text as it is.
nonisolated struct MessageEncoder: Hashable, Sendable {
    /// tmux passes on only what is wrapped for it.
    let isInTmux: Bool

    /// Terminals take sequences of up to 100,000 bytes; base64 makes four bytes of three.
    static let mostCopied = 74_994

    func encode(_ message: TerminalMessage) -> [UInt8] {
        switch message {
        case .bell: return [0x07]
        case .copy(let text):
            let copied = "\u{1B}]52;c;" + Data(Self.prefix(of: text)).base64EncodedString() + "\u{07}"
            // tmux takes it for itself where it may, and hands it on where that is allowed; both is no harm.
            return Array((copied + (isInTmux ? wrapped(copied) : "")).utf8)
        case .notify(let title, let text):
            let (title, text) = (Self.plain(title), Self.plain(text))
            // The one is known to iTerm2 and its kin, the other to rxvt and its kin; who knows neither rings.
            let told = "\u{1B}]9;\(title): \(text)\u{07}" + "\u{1B}]777;notify;\(title);\(text)\u{07}"
            return Array(((isInTmux ? wrapped(told) : told) + "\u{07}").utf8)
        }
    }

    /// As much of a text as can be sent, cut between characters.
    static func prefix(of text: String) -> Substring.UTF8View {
        let utf8 = text.utf8
        guard utf8.count > mostCopied else { return text[...].utf8 }
        var end = utf8.index(utf8.startIndex, offsetBy: mostCopied)
        while end.samePosition(in: text) == nil { end = utf8.index(before: end) }
        return text[..<end].utf8
    }

    // MARK: -

    private func wrapped(_ sequence: String) -> String {
        "\u{1B}Ptmux;" + sequence.replacingOccurrences(of: "\u{1B}", with: "\u{1B}\u{1B}") + "\u{1B}\\"
    }

    /// Letters alone: nothing that ends the sequence, parts it, begins another, or changes the order of reading.
    private static func plain(_ text: String) -> String {
        let kept = text.prefix(200).map { character -> Character in
            character == ";" ? "," : Sanitizer.standIn(for: character) == nil ? character : " "
        }
        return String(kept)
    }
}

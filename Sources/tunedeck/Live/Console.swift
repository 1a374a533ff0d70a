import Foundation
import TuneCanvas
import TuneModel

/// Where commands print: data on standard output, narration beside it.
///
/// Texts that come from files, models and servers pass through here, and nothing in them can command a terminal.
struct Console: Sendable {
    enum Channel: Sendable {
        case output, errors

        var descriptor: CInt { self == .output ? STDOUT_FILENO : STDERR_FILENO }
        var isTerminal: Bool { isatty(descriptor) == 1 }
    }

    /// Data are JSON; narration goes to standard error.
    let isJSON: Bool
    let language = Speech.language

    /// Whether progress may be rewritten in place.
    var isNarrationLive: Bool { narration.isTerminal && ProcessInfo.processInfo.environment["TERM"] != "dumb" }

    /// Lines about what happens; data of their own when nobody asked for JSON.
    func say(_ text: Wording) { write(text[language] + "\n", to: narration) }
    func say(_ text: String) { write(text + "\n", to: narration) }

    /// Lines that never are data.
    func remark(_ text: Wording) { write(text[language] + "\n", to: .errors) }

    /// Data as text.
    func print(_ text: String) { write(text + "\n", to: .output) }

    /// Data as JSON, on one line or pretty.
    func print(_ json: JSONOutput, isPretty: Bool = true) {
        write(json.text(isPretty: isPretty) + "\n", to: .output)
    }

    /// Replaces the line that the cursor stands in; `endLine` leaves it.
    func rewrite(_ text: String) {
        let width = Self.columns - 1
        let line = GlyphWidth.standard.prefix(of: Sanitizer.visible(text)[...], fitting: width).text
        writeRaw("\r\u{1B}[K" + line, to: narration)
    }
    func endLine() { writeRaw("\n", to: narration) }
    func clearLine() { writeRaw("\r\u{1B}[K", to: narration) }

    /// Text as it is; what would act on a terminal is spelled out when there is one.
    func write(_ text: String, to channel: Channel) {
        guard channel.isTerminal else { return writeRaw(text, to: channel) }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        writeRaw(lines.map { Self.visible($0) }.joined(separator: "\n"), to: channel)
    }

    /// Bytes as they are, for files that a person asked to have.
    func write(_ bytes: Data) {
        bytes.withUnsafeBytes { writeRaw($0, to: .output) }
    }

    /// Aligned columns, as wide as their widest cell; the last one is free.
    func table(_ rows: [[String]]) {
        let measure = GlyphWidth.standard
        let rows = rows.map { $0.map { Self.visible($0) } }
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { $0.count > column ? measure.columns(of: $0[column]) : 0 }.max() ?? 0
        }
        for row in rows {
            let cells = row.enumerated().map { column, cell in
                column == row.count - 1
                    ? cell : cell + String(repeating: " ", count: widths[column] - measure.columns(of: cell))
            }
            writeRaw(cells.joined(separator: "  ") + "\n", to: .output)
        }
    }

    // MARK: - Private

    private var narration: Channel { isJSON ? .errors : .output }

    private static func visible(_ line: some StringProtocol) -> String {
        Sanitizer.visible(line.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: "    "))
    }

    private static var columns: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 || ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0,
            size.ws_col > 10
        else { return 80 }
        return Int(size.ws_col)
    }

    private func writeRaw(_ text: String, to channel: Channel) {
        Array(text.utf8).withUnsafeBytes { writeRaw($0, to: channel) }
    }

    private func writeRaw(_ bytes: UnsafeRawBufferPointer, to channel: Channel) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Foundation.write(
                channel.descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            // Nobody reads any more; there is no one to tell.
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }
}

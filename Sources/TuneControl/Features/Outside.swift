public import TuneModel

/// Editing a record in a program of the person's own, which has the terminal meanwhile.
public enum Outside {
    /// One record on its way through an editor.
    public struct Session: Hashable, Sendable {
        let path: String
        let row: Int
        let record: Record
        /// What the editor is given.
        var text: String
        /// Where it is; nil before the first time.
        var file: String?
        /// Whether the text came back with a mistake.
        var isAgain = false
    }

    public enum Phase: Hashable, Sendable {
        case none
        case preparing(Session)
        /// The terminal is to be given away.
        case leaving(Session, command: [String])
        case away(Session, command: [String])
    }

    public struct State: Hashable, Sendable {
        public internal(set) var phase = Phase.none

        public init() {}

        /// Whether another program has the terminal, or should have.
        public var needsTerminal: Bool {
            switch phase {
            case .leaving, .away: true
            case .none, .preparing: false
            }
        }
    }

    public enum Action: Hashable, Sendable {
        case found([String]?)
        /// The terminal is free.
        case left
        case returned(OutsideResult)
        case failed(Explanation)
    }

    /// What comes of an action: work, and news for the person or for the editor dialog.
    enum News: Equatable {
        case effects([Effect])
        case told(Explanation)
        case changed(Session, Record)
    }

    static func update(_ state: inout State, _ action: Action, language: Language) -> News {
        switch (action, state.phase) {
        case (.found(let command?), .preparing(let session)):
            state.phase = .leaving(session, command: command)
            return .effects([])
        case (.found(nil), .preparing):
            state.phase = .none
            return .told(noEditor)
        case (.left, .leaving(let session, let command)):
            state.phase = .away(session, command: command)
            return .effects([.editOutside(command: command, text: session.text, file: session.file)])
        case (.returned(let result), .away(let session, let command)):
            return take(result, session, command, language, in: &state)
        case (.failed(let why), _):
            state.phase = .none
            return .told(why)
        default: return .effects([])
        }
    }

    /// The notes at the top of a sheet.
    static func notes(row: Int, file: String) -> [Wording] {
        [
            Wording("Record \(row + 1) of \(file)", "\(file) 的第 \(row + 1) 条记录"),
            Wording(
                "Save and leave to take it over; leave with an error (:cq) or without a change to keep it as it is.",
                "保存并退出即可采用；以错误退出（:cq）或不作改动则保持原样。"),
        ]
    }

    // MARK: -

    private static func take(
        _ result: OutsideResult, _ session: Session, _ command: [String], _ language: Language, in state: inout State
    ) -> News {
        state.phase = .none
        switch result {
        case .ended(let status, let kept):
            return .told(ended(status, command, kept))
        case .edited(let text?, let file) where text.utf8.elementsEqual(session.text.utf8):
            // A mistake that comes back untouched is not shown a third time.
            if session.isAgain { return .told(givenUp(file)) }
            return .effects([.discardOutsideFile(file)])
        case .edited(let text, let file):
            do {
                guard let text else { throw SheetProblem.notUTF8(file: "record.txt") }
                let record = try RecordSheet.record(in: text, shape: session.record.shape, of: "record.txt")
                var session = session
                session.file = file
                return .changed(session, record)
            } catch {
                guard let text else { return .told(Explanation(of: error)) }
                var again = session
                again.file = file
                again.isAgain = true
                again.text = complaint(Explanation(of: error), language) + withoutComplaint(text)
                state.phase = .away(again, command: command)
                return .effects([.editOutside(command: command, text: again.text, file: file)])
            }
        }
    }

    /// Stands above the notes, where the editor opens.
    private static func complaint(_ why: Explanation, _ language: Language) -> String {
        "#! \(why.what[language])\n#! \(why.next[language])\n"
    }

    private static func withoutComplaint(_ text: String) -> String {
        text.lines.drop { $0.hasPrefix("#!") }.joined(separator: "\n")
    }

    private static let noEditor = Explanation(
        Wording(
            "There is no editor: neither VISUAL nor EDITOR is set, and vi and nano are not installed.",
            "没有可用的编辑器：未设置 VISUAL 或 EDITOR，也没有安装 vi 或 nano。"),
        next: Wording("Set EDITOR, or press e to edit here.", "请设置 EDITOR，或按 e 在这里编辑。"))

    private static func givenUp(_ file: String) -> Explanation {
        Explanation(
            Wording(
                "The record was not changed, since the text still has its mistake.", "文本仍有错误，记录没有更改。"),
            next: Wording("What you wrote is kept in \(file).", "您写的内容保存在 \(file)。"))
    }

    private static func ended(_ status: Int32, _ command: [String], _ kept: String?) -> Explanation {
        // The program alone, without its folder and options.
        let program = (command.count > 3 ? command[3] : command[0]).prefix { $0 != " " }
        let name = program.split(separator: "/").last.map(String.init) ?? String(program)
        let what =
            switch status {
            case 126, 127: Wording("“\(name)” cannot be started.", "无法启动“\(name)”。")
            case 129...: Wording("“\(name)” was killed (signal \(status - 128)).", "“\(name)”被终止（信号 \(status - 128)）。")
            default: Wording("“\(name)” ended with an error (status \(status)).", "“\(name)”以错误结束（状态 \(status)）。")
            }
        let unchanged = Wording("The record is as it was.", "记录保持原样。")
        let next =
            kept.map { Wording("The record is as it was; what you wrote is in \($0).", "记录保持原样；您写的内容在 \($0)。") }
            ?? (status == 126 || status == 127
                ? Wording("Set EDITOR to a program that is installed.", "请把 EDITOR 设为已安装的程序。") : unchanged)
        return Explanation(what, next: next)
    }
}

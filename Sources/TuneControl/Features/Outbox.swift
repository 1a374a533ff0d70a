import TuneData
import TuneModel

/// What the terminal around the screen is told, beside the picture: for its clipboard, and for the person's ear.
public struct Outbox: Hashable, Sendable {
    public enum Item: Hashable, Sendable {
        /// To the clipboard of the computer that the terminal runs on.
        case copy(String)
        case bell
        /// A message of the desktop, where the terminal passes it on; a bell with it, where it does not.
        case notify(title: String, text: String)
    }

    /// How many there have ever been; who has sent so many is up to date.
    public private(set) var count = 0
    /// The last of them, newest last.
    public private(set) var recent: [Item] = []

    public init() {}

    /// What has come since the first `sent`.
    public func items(after sent: Int) -> ArraySlice<Item> { recent.suffix(max(0, count - sent)) }

    mutating func add(_ item: Item) {
        count += 1
        recent.append(item)
        if recent.count > 8 { recent.removeFirst() }
    }
}

extension Deck.State {
    mutating func announceEnd(of job: Job) {
        switch preferences.tellsBy {
        case .none: break
        case .bell: outbox.add(.bell)
        case .desktop:
            let word: Wording =
                switch job.status {
                case .succeeded: Wording("is done", "已完成")
                case .failed: Wording("has failed", "失败")
                default: Wording("has ended", "已结束")
                }
            outbox.add(.notify(title: "TuneDeck", text: "\(job.title) \(word[language])"))
        }
    }
}

extension Deck {
    /// Text that a terminal takes at once: 100,000 bytes with what stands around it, four for every three.
    static let mostCopied = 74_994

    /// The record as a line of JSON, or the line that is none.
    static func copyRecord(in state: inout State) -> [Effect] {
        guard let row = state.browse.current?.selected else { return [] }
        let text =
            switch row.content {
            case .record(let record): RecordLine.text(of: record)
            case .broken(let text, _): text
            }
        return copy(text, in: &state)
    }

    /// Puts a text on the clipboard, here and outside.
    static func copy(_ text: String, in state: inout State) -> [Effect] {
        state.clipboard = text
        state.outbox.add(.copy(text))
        guard text.utf8.count > mostCopied else { return [] }
        return [
            .tell(
                Explanation(
                    Wording(
                        "Only the first \(mostCopied) bytes of \(text.utf8.count) went to the terminal's clipboard.",
                        "只有前 \(mostCopied) 字节（共 \(text.utf8.count) 字节）进入了终端剪贴板。"),
                    next: Wording(
                        "Terminals take no more at once. Pasting inside TuneDeck gives all of it.",
                        "终端一次只能接收这么多。在 TuneDeck 内粘贴可得到全部内容。")))
        ]
    }

    /// Choices that are switched through by one command.
    static func switchPreference(_ command: Command, in state: inout State) -> [Effect] {
        switch command {
        case .toggleMouse: state.preferences.mouse = !state.preferences.usesMouse
        case .notification:
            let all = Preferences.Notification.allCases
            let here = all.firstIndex(of: state.preferences.tellsBy) ?? 0
            state.preferences.notification = all[(here + 1) % all.count]
        default: return []
        }
        return [.keep(state.preferences), .say(command == .toggleMouse ? state.mouseWords : state.notificationWords)]
    }
}

extension Deck.State {
    var mouseWords: Wording {
        preferences.usesMouse
            ? Wording("The mouse is listened to; hold shift to select text with it.", "已启用鼠标；按住 shift 可用鼠标选择文字。")
            : Wording("The mouse is left to the terminal.", "鼠标交由终端处理。")
    }

    var notificationWords: Wording {
        switch preferences.tellsBy {
        case .none: Wording("The end of a job is told on the screen alone.", "任务结束时只在屏幕上显示。")
        case .bell: Wording("The end of a job rings the bell.", "任务结束时响铃。")
        case .desktop: Wording("The end of a job is told as a desktop message.", "任务结束时发送桌面通知。")
        }
    }
}

/// What a terminal can be told beside what it shows.
public enum TerminalMessage: Hashable, Sendable {
    /// To put on the clipboard of the computer that it runs on; no more than the first 74,994 bytes are sent.
    case copy(String)
    case bell
    /// To show as a message of the desktop.
    case notify(title: String, text: String)
}

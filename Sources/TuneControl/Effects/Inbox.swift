/// Everything the run loop can wake up for.
public enum Wake: Sendable {
    /// Keys are waiting.
    case input
    /// The terminal changed size, or came back from another program.
    case resized
    /// The effect with this ticket has something to report.
    case report(Action, ticket: Int)
    /// An effect has ended; everything it had to report came before.
    case ended(ticket: Int)
    /// The pacer allows the next background frame.
    case frameDue
    /// Keys that begin a longer sequence have stood for a while; the number says which.
    case hint(Int)
    /// The program is asked to sleep, as by Ctrl-Z.
    case stop
    /// A shell woke the program again.
    case continued
    /// SIGINT from outside, or from the keyboard while another program has the terminal.
    case interrupt
    /// SIGTERM, SIGHUP, or the end of the terminal.
    case quit
}

/// The one door through which other threads reach the main actor.
public final class Inbox: Sendable {
    public let wakes: AsyncStream<Wake>
    private let tap: AsyncStream<Wake>.Continuation

    public init() {
        (wakes, tap) = AsyncStream<Wake>.makeStream(bufferingPolicy: .unbounded)
    }

    public func post(_ wake: Wake) {
        tap.yield(wake)
    }
}

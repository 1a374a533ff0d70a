import ArgumentParser
import Foundation
import TuneModel

/// How the program ends after an error: what it says, where, and the exit code.
struct Ending: Equatable {
    let text: String
    let isForStandardOutput: Bool
    let status: Int32

    init(of error: any Error) {
        switch error {
        case let error as any ExplainedError:
            self.init(error.explanation, error.exitStatus)
        case let code as ExitCode:
            self.init(text: "", isForStandardOutput: false, status: code.rawValue)
        case is CancellationError, is Interrupted:
            self.init(text: "", isForStandardOutput: false, status: ExitStatus.interrupted.rawValue)
        case let error where TuneDeck.exitCode(for: error) == .validationFailure:
            // The parser's own exit code for usage is 64, from sysexits.h.
            self.init(
                text: TuneDeck.fullMessage(for: error), isForStandardOutput: false, status: ExitStatus.usage.rawValue)
        case let error where TuneDeck.exitCode(for: error) == .success:
            self.init(text: TuneDeck.fullMessage(for: error), isForStandardOutput: true, status: 0)
        default:
            self.init(Explanation(of: error), .failed)
        }
    }

    private init(_ explanation: Explanation, _ status: ExitStatus) {
        let mark = Wording("Error: ", "错误：")[Speech.language]
        self.init(
            text: mark + explanation.text(in: Speech.language), isForStandardOutput: false, status: status.rawValue)
    }

    private init(text: String, isForStandardOutput: Bool, status: Int32) {
        self.text = text
        self.isForStandardOutput = isForStandardOutput
        self.status = status
    }

    func leave() -> Never {
        if !text.isEmpty {
            let channel: Console.Channel = isForStandardOutput ? .output : .errors
            Console(isJSON: false).write(text + "\n", to: channel)
        }
        Self.leave(status)
    }

    /// Ends the process at once: answers may still be under way on threads of their own, and what libraries do at an
    /// orderly exit would take their code and memory from under them.
    static func leave(_ status: Int32) -> Never {
        fflush(nil)
        _exit(status)
    }
}

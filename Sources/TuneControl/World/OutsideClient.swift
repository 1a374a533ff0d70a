public import Foundation
import TuneModel

/// Editing a text in a program of the person's own, which has the terminal meanwhile.
public struct OutsideClient: Sendable {
    /// The command that edits the file whose path is put behind it; nil when there is none on this machine.
    public var editor: @Sendable () -> [String]?
    /// Gives a text to the command and waits for its end; `file` is where the text was before, if it was.
    public var edit: @Sendable (_ command: [String], _ text: String, _ file: String?) async throws -> OutsideResult
    /// Removes a file that is no longer needed.
    public var discard: @Sendable (_ file: String) -> Void

    public init(
        editor: @escaping @Sendable () -> [String]?,
        edit: @escaping @Sendable ([String], String, String?) async throws -> OutsideResult,
        discard: @escaping @Sendable (String) -> Void
    ) {
        self.editor = editor
        self.edit = edit
        self.discard = discard
    }

    /// No editor anywhere.
    public static let none = OutsideClient(
        editor: { nil }, edit: { _, _, _ in .ended(status: 127, kept: nil) }, discard: { _ in })

    /// The person's editor, as `$VISUAL` and `$EDITOR` name it, else `vi` or `nano`, on a file that only they can read.
    ///
    /// - Parameter run: runs a command on the terminal and gives back its exit status.
    public static func onDisk(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        run: @escaping @Sendable ([String]) async throws -> Int32
    ) -> OutsideClient {
        OutsideClient(
            editor: { command(in: environment) },
            edit: { command, text, file in
                let file = try file ?? PrivateFile.make(named: "record.txt")
                try PrivateFile.write(text, to: file)
                let status = try await run(command + [file])
                let after = FileManager.default.contents(atPath: file) ?? Data()
                guard status == 0 else {
                    // What was written before an editor was killed is the person's.
                    let isKept = !after.elementsEqual(text.utf8) && !after.isEmpty
                    if !isKept { PrivateFile.remove(file) }
                    return .ended(status: status, kept: isKept ? file : nil)
                }
                return .edited(String(validating: after, as: UTF8.self), file: file)
            },
            discard: { PrivateFile.remove($0) })
    }

    /// The shell takes the variable apart, since it may hold options, as other programs do.
    private static func command(in environment: [String: String]) -> [String]? {
        for name in ["VISUAL", "EDITOR"] {
            guard let editor = environment[name], !editor.allSatisfy(\.isWhitespace) else { continue }
            return ["/bin/sh", "-c", "\(editor) \"$@\"", editor]
        }
        let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        for name in ["vi", "vim", "nano", "emacs", "micro"] {
            for folder in folders where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
                return ["\(folder)/\(name)"]
            }
        }
        return nil
    }
}

/// How an editor was left.
public enum OutsideResult: Hashable, Sendable {
    /// With success: what the file holds now, nil when that is no UTF-8.
    case edited(String?, file: String)
    /// With a failure, or killed (128 and the signal); `kept` is the file when something had been written to it.
    case ended(status: Int32, kept: String?)
}

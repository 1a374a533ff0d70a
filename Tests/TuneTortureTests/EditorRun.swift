import Foundation
import Testing
import TuneData
import TuneTestSupport

@testable import EditorProbe

/// Runs of the program `EditorProbe` on one dataset, one after the other, as after crashes; and what must be true of the
/// dataset after each.
final class EditorRun {
    let path: String
    let journals: String
    let disk: FaultyDisk
    private let root: URL
    /// What the rows say in the states of the history that are known, and the state they are in.
    private var states: [Int: String] = [:]
    private var place = 0
    /// The file when it was last saved, and what it would be when a save went through that was not told.
    private(set) var file: String
    /// How many steps were told to be done.
    private(set) var steps = 0
    private(set) var failures: [String] = []
    private(set) var saves = 0
    /// Files of unfinished writes that the last run left.
    private(set) var drafts = 0
    /// The operations that failed in the last run.
    private(set) var faults: [String] = []

    init() throws {
        let base = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        root = URL(fileURLWithPath: base).resolvingSymlinksInPath()
            .appendingPathComponent("editor-\(UUID().uuidString.prefix(8))")
        journals = root.appendingPathComponent("data/edits").path
        path = root.appendingPathComponent("data/set.jsonl").path
        disk = try FaultyDisk(in: NSTemporaryDirectory())
        file = ""
        try begin()
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// A dataset as new.
    func begin() throws {
        try disk.clear()
        try? FileManager.default.removeItem(at: root)
        try FileManager.default.createDirectory(atPath: journals, withIntermediateDirectories: true)
        let text = (0..<20).map { #"{"prompt":"\#($0)","completion":"a"}"# + "\n" }.joined()
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        file = EditorModel.digest(text)
        (states, place) = ([:], 0)
    }

    func forgetFailures() { failures = [] }

    /// Files on which operations are to fail.
    var folder: String { root.appendingPathComponent("data").path }

    /// Runs the program to its end, or until it is killed; then looks at what it left.
    func start(seed: UInt64, count: Int, killedAfter seconds: Double = 120) throws -> Int32 {
        let (output, errors) = (root.appendingPathComponent("out").path, root.appendingPathComponent("err").path)
        let own = ProcessInfo.processInfo.environment
        let environment = disk.environment.merging(["PATH": own["PATH"] ?? "/usr/bin:/bin"]) { $1 }
        let status = try Spawn.run(
            [try TestHome.built("EditorProbe"), path, journals, "\(seed)", "\(count)"], environment: environment,
            output: output, errors: errors, seconds: seconds)
        faults = disk.faults
        drafts = files(of: ".tmp").count
        try disk.clear()
        let said = try String(contentsOfFile: errors, encoding: .utf8)
        #expect(status == 0 || status == 128 + SIGKILL, "\(said)")
        var text = try String(contentsOfFile: output, encoding: .utf8)
        // A kill may leave half a line.
        if !text.hasSuffix("\n") { text = text.components(separatedBy: "\n").dropLast().joined(separator: "\n") }
        var tried: [String]?
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            switch words[0] {
            case "open": took(words[1], at: words[2], of: words[3])
            case "try": tried = words
            default:
                told(words, tried: tried ?? [])
                tried = nil
            }
        }
        try look(tried: tried)
        #expect(files(of: ".tmp").isEmpty, "what a killed writer left is still there")
        return status
    }

    // MARK: -

    /// The program, or this test, has opened what was left: nothing is other than it was told.
    private func took(_ rows: String, at place: String, of count: String) {
        if place == "0", count == "1", self.place > 0 { forget(rows) }
        #expect(Int(place) == self.place)
        #expect(states[self.place] == nil || states[self.place] == rows, "an edit that was told is lost")
        states[self.place] = rows
    }

    /// What was before a save is lost where the journal could not be written anew: then all of it is.
    private func forget(_ rows: String) {
        #expect(states[place] == rows)
        (states, place) = ([0: rows], 0)
    }

    private func told(_ words: [String], tried: [String]) {
        steps += 1
        guard words[0] == "done" else {
            failures.append(words[5])
            #expect(words[2] == states[place], "a failure changed the rows")
            #expect(Int(words[3]) == place)
            return
        }
        settle(words[1], words[2], at: words[3], of: words[4], tried: tried)
        guard words[1] == "save" else { return }
        saves += 1
        file = tried[3]
    }

    /// Goes from one state to the next, and sees whether it is the right one.
    private func settle(_ kind: String, _ rows: String, at next: String, of count: String, tried: [String]) {
        let next = Int(next) ?? -1
        switch kind {
        case "edit":
            if next == place + 1 {
                #expect(rows == tried[2])
                states = states.filter { $0.key < next }
            } else {
                #expect(next == place)
            }
        case "undo": #expect(next == max(0, place - 1))
        case "redo": #expect(next == place || next == place + 1)
        default:
            if next == 0, count == "1", place > 0 { return forget(rows) }
            #expect(next == place)
        }
        place = next
        #expect(states[next] == nil || states[next] == rows, "\(kind) came to another state")
        states[next] = rows
    }

    /// What was told to be done is there; what was being done is either done or not.
    private func look(tried: [String]?) throws {
        let bytes = try String(contentsOfFile: path, encoding: .utf8)
        let now = EditorModel.digest(bytes)
        let isSaving = tried?[1] == "save"
        #expect(now == file || isSaving && now == tried?[3], "the file is neither the old one nor the new one")
        file = now
        #expect(bytes.isEmpty || bytes.hasSuffix("\n"))
        let draft = try Draft(opening: path, journals: journals)
        let rows = try EditorModel.digest(of: draft)
        #expect(draft.status.conflict == nil && !draft.status.isReadOnly)
        let words = draft.place.split(separator: " ").map(String.init)
        if let tried, Int(words[0]) != place || rows != states[place] || isSaving {
            settle(tried[1], rows, at: words[0], of: words[1], tried: tried)
        } else {
            took(rows, at: words[0], of: words[1])
        }
    }

    private func files(of ending: String) -> [String] {
        TestHome.files(in: folder).filter { $0.hasSuffix(ending) }
    }
}

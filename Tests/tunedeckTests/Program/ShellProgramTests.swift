import Foundation
import Testing
import TuneTestSupport

/// What the program writes for the shell around it.
@Suite(.serialized) struct ShellProgramTests {
    @Test func bashTakesTheCompletions() throws {
        let home = try TestHome()
        defer { home.close() }
        let script = try home.run("completions", "bash")
        #expect(script.status == 0)
        let file = home.path + "/completions.bash"
        try Data(script.output.utf8).write(to: URL(filePath: file))
        // What bash itself offers for `tunedeck jobs cr`.
        let words =
            "source \(file); COMP_WORDS=(tunedeck jobs cr); COMP_CWORD=2; COMP_LINE='tunedeck jobs cr';"
            + " COMP_POINT=16; _tunedeck tunedeck cr jobs; printf '%s\\n' \"${COMPREPLY[@]}\""
        #expect(try output(of: "/bin/bash", ["-c", words]).contains("create"))
    }

    @Test(arguments: ["zsh", "fish"])
    func otherShellsHaveTheirs(_ shell: String) throws {
        let home = try TestHome()
        defer { home.close() }
        let script = try home.run("completions", shell)
        #expect(script.status == 0 && script.output.contains("tunedeck") && script.output.contains("results"))
    }

    @Test func anUnknownShellIsAMistakeOfUsage() throws {
        let home = try TestHome()
        defer { home.close() }
        #expect(try home.run("completions", "tcsh").status == 2)
    }

    private func output(of program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }
}

import Foundation
import Testing

@testable import tunedeck

struct ShellTests {
    @Test(arguments: ["plain", "… ->", "it's", "a\nb\t\\n", "$HOME `x` \"q\"", "\u{1}", "名字 ->\n\n###\n\n"])
    func bashReadsBackTheSameText(_ text: String) throws {
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/bash")
        shell.arguments = ["-c", "printf %s \(Shell.quoted(text))"]
        let pipe = Pipe()
        shell.standardOutput = pipe
        try shell.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        shell.waitUntilExit()
        #expect(String(decoding: bytes, as: UTF8.self) == text)
    }
}

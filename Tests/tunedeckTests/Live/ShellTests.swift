import Foundation
import Testing

@testable import tunedeck

struct ShellTests {
    @Test(arguments: ["plain", "… ->", "it's", "a\nb\t\\n", "$HOME `x` \"q\"", "\u{1}", "名字 ->\n\n###\n\n"])
    func bashReadsBackTheSameText(_ text: String) throws {
        let script = NSTemporaryDirectory() + "quoted-\(UUID().uuidString).sh"
        defer { try? FileManager.default.removeItem(atPath: script) }
        try "printf %s \(Shell.quoted(text))".write(toFile: script, atomically: true, encoding: .utf8)
        let pipe = try #require(popen("bash '\(script)'", "r"))
        var bytes: [UInt8] = []
        while case let byte = fgetc(pipe), byte != EOF { bytes.append(UInt8(byte)) }
        pclose(pipe)
        #expect(String(decoding: bytes, as: UTF8.self) == text)
    }
}

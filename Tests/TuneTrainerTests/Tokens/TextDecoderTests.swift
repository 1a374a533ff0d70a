import Testing
import TuneTrainer

struct TextDecoderTests {
    private static let texts: [[UInt8]] = [
        Array("plain".utf8), Array("é月👍👩‍👩‍👧".utf8), [0xFF, 0x41], [0xE6, 0x9C], [0xF0, 0x9F, 0x91], [0xC0, 0x80],
        [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80, 0x41], [0xF4, 0x90, 0x80, 0x80], [0xF0, 0x80, 0x41], [0xE6, 0x41, 0x9C],
        [0x80, 0x80, 0xC3, 0xA9, 0xC3], [0xF5, 0x80],
    ]

    @Test(arguments: texts) func everySplitGivesTheTextOfTheWhole(_ bytes: [UInt8]) {
        let whole = String(decoding: bytes, as: UTF8.self)
        for cuts in 0..<(1 << (bytes.count - 1)) where bytes.count <= 12 || cuts % 97 == 0 {
            var decoder = TextDecoder()
            var text = ""
            var part: [UInt8] = []
            for (index, byte) in bytes.enumerated() {
                part.append(byte)
                guard cuts >> index & 1 == 1 else { continue }
                text += decoder.append(part)
                part = []
            }
            text += decoder.append(part) + decoder.finish()
            #expect(text == whole)
        }
    }

    @Test func holdsBackACharacterUntilItIsWhole() {
        var decoder = TextDecoder()
        #expect(decoder.append([0x61, 0xF0, 0x9F]) == "a")
        #expect(decoder.append([0x91]) == "")
        #expect(decoder.append([0x8D, 0x62]) == "👍b")
        #expect(decoder.finish() == "")
    }
}

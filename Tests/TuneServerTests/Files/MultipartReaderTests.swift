import Testing

@testable import TuneServer

struct MultipartReaderTests {
    /// The fields of a form that comes in pieces of a length: name, name of the file, bytes.
    private func read(_ form: [UInt8], _ contentType: String, pieces: Int) throws -> [(String, String?, [UInt8])] {
        var reader = try MultipartReader(contentType: contentType)
        var fields: [(String, String?, [UInt8])] = []
        for start in stride(from: 0, to: form.count, by: pieces) {
            for event in try reader.take(form[start..<min(start + pieces, form.count)]) {
                switch event {
                case .field(let name, let filename): fields.append((name, filename, []))
                case .bytes(let bytes): fields[fields.count - 1].2 += bytes
                case .fieldEnd: break
                }
            }
        }
        try reader.finish()
        return fields
    }

    @Test(arguments: [1, 2, 3, 7, 64, 10_000])
    func aFormIsReadInPiecesOfAnyLength(_ pieces: Int) throws {
        let bytes = (0..<3_000).map { UInt8(truncatingIfNeeded: $0 &* 31) } + Array("\r\n--edge\r\n\r\n--".utf8)
        let form = Form([(nil, "purpose", Array("fine-tune".utf8)), ("a.jsonl", "file", bytes), (nil, "empty", [])])
        let fields = try read(form.bytes, form.contentType, pieces: pieces)
        #expect(fields.map(\.0) == ["purpose", "file", "empty"])
        #expect(fields.map(\.1) == [nil, "a.jsonl", nil])
        #expect(fields[1].2 == bytes)
        #expect(fields[2].2.isEmpty)
    }

    @Test func everyCutIsFound() throws {
        let form = Form([("a", "file", Array("abc".utf8))])
        for length in 0..<form.bytes.count - 4 {
            #expect(throws: MultipartFault.self, "\(length)") {
                try read(Array(form.bytes.prefix(length)), form.contentType, pieces: 10)
            }
        }
    }

    @Test(arguments: [
        "", "application/json", "multipart/form-data", "multipart/form-data; boundary=", "text/plain; boundary=a",
    ])
    func aFormWithoutABoundaryIsRefused(_ contentType: String) {
        #expect(throws: MultipartFault.noBoundary) { try MultipartReader(contentType: contentType) }
    }

    @Test func aHeadHasALimit() throws {
        var reader = try MultipartReader(contentType: "multipart/form-data; boundary=a")
        #expect(throws: MultipartFault.headTooLong) {
            _ = try reader.take("--a\r\nX: \(String(repeating: "y", count: 20_000))".utf8)
        }
    }

    @Test(arguments: ["\r\n", "X\r\n\r\n", "X: y\r\n\r\n", "Content-Disposition: form-data\r\n\r\n"])
    func aHeadThatNamesNoFieldIsRefused(_ head: String) throws {
        #expect(throws: MultipartFault.self) {
            _ = try read(Array("--a\r\n\(head)x\r\n--a--\r\n".utf8), "multipart/form-data; boundary=a", pieces: 5)
        }
    }

    @Test(arguments: [
        (#"form-data; name="file"; filename="a b.jsonl""#, "a b.jsonl"),
        (#"form-data; name=file; filename=a.jsonl"#, "a.jsonl"), (#"form-data; filename="a\"b;c""#, #"a"b;c"#),
        (#"form-data; filename="C:\dir\a.csv""#, #"C:\dir\a.csv"#), (#"form-data; FILENAME = x"#, "x"),
        (#"form-data; filename="first"; filename="second""#, "first"), (#"form-data; filename="open"#, "open"),
    ])
    func theNameOfAFileIsFound(_ value: String, _ name: String) {
        #expect(HeaderParameters(value)["filename"] == name)
    }

    @Test func aNameInTheExtendedFormIsFound() {
        #expect(HeaderParameters("form-data; filename*=utf-8''na%C3%AFve%20x").extended("filename") == "naïve x")
        #expect(HeaderParameters("form-data; filename*=latin-1''a").extended("filename") == nil)
    }

    @Test func noMadeUpFormIsMoreThanRefused() throws {
        var source = SystemRandomNumberGenerator()
        let signs = Array("-a\r\n:;=\" contenDispi/fmr".utf8) + [0, 0xFF]
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...120, using: &source)).map { _ in signs.randomElement(using: &source)! }
            var reader = try MultipartReader(contentType: "multipart/form-data; boundary=a")
            _ = try? reader.take(Array("--a\r\n".utf8) + bytes)
            _ = try? reader.take(bytes)
        }
    }
}

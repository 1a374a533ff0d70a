import HTTPTypes
import Testing
import TuneModel

@testable import TuneServer

struct FileRoutesTests {
    @Test func aFileIsUploadedShownReadAndDeleted() async throws {
        let house = try await TestHouse()
        let made = try await house.upload("{}\n{}\n")
        #expect(made.status == 200, "\(made.text)")
        let id = try #require(made.json["id"].text)
        #expect(made.json["object"] == "file")
        #expect(made.json["bytes"] == .integer(6))
        #expect(made.json["filename"] == "a.jsonl")
        #expect(made.json["purpose"] == "fine-tune")
        #expect(made.json["status"] == "processed")
        #expect(try await house.get("/v1/files/\(id)").json == made.json)
        #expect(try await house.get("/v1/files/\(id)/content").text == "{}\n{}\n")
        #expect(try await house.get("/v1/files").json["data"].list == [made.json])
        #expect(try await house.delete("/v1/files/\(id)").json["deleted"] == .bool(true))
        #expect(try await house.get("/v1/files/\(id)").status == 404)
        #expect(house.stored.isEmpty)
    }

    @Test func aFileWhoseRecordsAreBadSaysSo() async throws {
        let house = try await TestHouse()
        let reply = try await house.upload("not json")
        #expect(reply.json["status"] == "error")
        #expect(reply.json["status_details"] == "Line 1 is no record. Mend it.")
    }

    @Test func fieldsMayComeInAnyOrder() async throws {
        let house = try await TestHouse()
        let form = Form([("a.jsonl", "file", Array("{}".utf8)), (nil, "purpose", Array("batch".utf8))])
        let reply = try await house.send(
            .post, "/v1/files", headers: [.contentType: form.contentType], body: form.bytes)
        #expect(reply.json["purpose"] == "batch")
    }

    @Test func aLargeFileArrivesWhole() async throws {
        let house = try await TestHouse()
        let text = "{" + String(repeating: "0123456789\r\n--x", count: 200_000)
        let id = try #require(try await house.upload(text).json["id"].text)
        #expect(try await house.get("/v1/files/\(id)/content").text == text)
    }

    @Test func badFormsAreRefusedAndLeaveNothing() async throws {
        let house = try await TestHouse { $0.limits.fileBytes = 1_000 }
        let file: (String?, String, [UInt8]) = ("a", "file", Array("{}".utf8))
        let cases: [(Form, Int, String?)] = [
            (Form([file]), 400, "purpose"), (Form([(nil, "purpose", Array("fine-tune".utf8))]), 400, "file"),
            (Form([file, (nil, "purpose", Array("evil".utf8))]), 400, "purpose"), (Form([file, file]), 400, nil),
            (Form([("a", "file", Array(repeating: 1, count: 2_000)), (nil, "purpose", [])]), 413, "file"),
            (Form([(nil, "purpose", Array(repeating: 65, count: 5_000)), file]), 400, nil),
            (Form((0..<100).map { (nil, "f\($0)", []) }), 400, nil),
        ]
        for (form, status, param) in cases {
            let reply = try await house.send(
                .post, "/v1/files", headers: [.contentType: form.contentType], body: form.bytes)
            #expect(reply.status == status, "\(reply.text)")
            #expect(reply.error["param"].text == param, "\(reply.text)")
        }
        let cut = Form([(nil, "purpose", Array("fine-tune".utf8)), file])
        let reply = try await house.send(
            .post, "/v1/files", headers: [.contentType: cut.contentType], body: Array(cut.bytes.dropLast(20)))
        #expect(reply.status == 400)
        #expect(try await house.send(.post, "/v1/files", body: Array("{}".utf8)).error["code"] == "invalid_form")
        #expect(house.stored.isEmpty)
    }

    @Test func pagesGoOnAfterAnId() async throws {
        let house = try await TestHouse()
        var ids: [String] = []
        for number in 0..<5 {
            ids.insert(try #require(try await house.upload("{}", named: "\(number)").json["id"].text), at: 0)
        }
        var found: [String] = []
        var after = ""
        while true {
            let page = try await house.get("/v1/files?limit=2\(after)").json
            found += page["data"].list?.compactMap { $0["id"].text } ?? []
            guard page["has_more"] == .bool(true) else { break }
            after = "&after=\(try #require(page["last_id"].text))"
        }
        #expect(found == ids)
        #expect(try await house.get("/v1/files?order=asc").json["data"][0]["id"].text == ids.last)
        #expect(try await house.get("/v1/files?purpose=batch").json["data"].list?.isEmpty == true)
        for bad in ["limit=0", "limit=a", "limit=10001", "order=up", "after=nobody"] {
            #expect(try await house.get("/v1/files?\(bad)").status == 400, "\(bad)")
        }
    }

    @Test(arguments: ["file-nobody", "nobody", "..%2Fworkspace.db", "file-..%2F..", "%00", "file-results-x"])
    func anUnknownFileIsNotFound(_ id: String) async throws {
        let house = try await TestHouse()
        for path in ["/v1/files/\(id)", "/v1/files/\(id)/content"] {
            #expect(try await house.get(path).status == 404, "\(path)")
        }
        #expect(try await house.delete("/v1/files/\(id)").status == 404)
    }

    @Test func hostileNamesAreDataOnly() async throws {
        let house = try await TestHouse()
        _ = try await house.upload("{}")
        let before = house.everything
        var kept = 0
        for name in HostileNames.all {
            let reply = try await house.upload("{}", named: name)
            #expect(reply.status == 200 || reply.status == 400, "\(name)")
            guard let id = reply.json["id"].text else { continue }
            kept += 1
            #expect(try await house.get("/v1/files/\(id)/content").text == "{}")
            #expect(try await house.delete("/v1/files/\(id)").status == 200)
        }
        #expect(kept > 500)
        #expect(house.everything == before)
    }
}

/// Names that have led programs out of their folders.
enum HostileNames {
    private static let steps = [
        "../", "..\\", "%2e%2e%2f", "..%2f", "%2e%2e/", "....//", "..;/", "%252e%252e%252f", "..%c0%af",
        "\u{FF0E}\u{FF0E}/",
        "/", "//", "\\\\host\\share\\", "C:\\", "~/", "./", "file:///", "$HOME/", "`id`/", "$(id)/", "|", ";", "&",
    ]
    private static let targets = [
        "etc/passwd", "workspace.db", "a.jsonl", ".ssh/authorized_keys", "config.toml", "files/x", "jobs/x/spec.json",
        "",
    ]
    private static let words = [
        "CON", "NUL", "aux.jsonl", "COM1", "LPT1.txt", ".", "..", "...", " ", "-rf", "--help", "-", "a\tb",
        "a\u{1B}[31mb",
        "a\u{202E}lnosj.a", "a\u{200B}b", "a\u{0}b", "a\u{7F}b", "\u{FEFF}a", "é", "e\u{301}", "K", "\u{212A}", "ﬁ",
        "ſ",
        "😀", "文件.jsonl", "a'b", "a;b", "a%00b", "a%0ab", "*", "?", "[a]", "{a,b}", "<script>", "' OR 1=1 --",
        "a.jsonl.",
        "a.jsonl ", "a:b", "a::$DATA", ".git/config", ".bashrc", "workspace.db-wal", "__proto__", "null", "undefined",
    ]

    static var all: [String] {
        var names = words
        for step in steps {
            for target in targets { names += [1, 3, 12].map { String(repeating: step, count: $0) + target } }
        }
        names += [255, 256, 1_000, 1_024, 1_025, 4_000].map { String(repeating: "a", count: $0) }
        names += [100, 200].map { String(repeating: "文", count: $0) + ".jsonl" }
        return names
    }
}

import Foundation
import TuneModel

@testable import TuneClient

extension FakeService {
    func files(_ asked: FaultServer.Asked, _ path: [String], _ state: inout State) -> FaultServer.Served {
        if path.isEmpty {
            if asked.method == "POST" {
                guard let form = Form(asked) else { return Self.missing }
                return Self.served(add(form.content, form.filename, &state), status: 200)
            }
            return Self.page(state.files.keys.sorted().map { json($0, state) }, asked, size: traits.pageSize)
        }
        guard let content = state.files[path[0]] else { return Self.missing }
        if asked.method == "DELETE" {
            state.files[path[0]] = nil
            return Self.served(.object([("id", .text(path[0])), ("deleted", true)]), status: 200)
        }
        if path.count > 1 {
            return FaultServer.Served(headers: ["content-type": "application/octet-stream"], body: content)
        }
        return Self.served(json(path[0], state), status: 200)
    }

    func uploads(_ asked: FaultServer.Asked, _ path: [String], _ state: inout State) -> FaultServer.Served {
        if path.isEmpty {
            state.count += 1
            let id = "upload_\(state.count)"
            state.uploads[id] = [:]
            state.names[id] = (try? JSONReader.read(asked.body))?["filename"].text
            return Self.served(.object([("id", .text(id)), ("status", "pending")]), status: 200)
        }
        guard path.count == 2, state.uploads[path[0]] != nil else { return Self.missing }
        if path[1] == "parts" {
            guard let form = Form(asked) else { return Self.missing }
            state.count += 1
            state.uploads[path[0]]?["part_\(state.count)"] = form.content
            return Self.served(.object([("id", .text("part_\(state.count)"))]), status: 200)
        }
        let ids = (try? JSONReader.read(asked.body))?["part_ids"].list ?? []
        let content = ids.flatMap { state.uploads[path[0]]?[$0.text ?? ""] ?? [] }
        state.uploads[path[0]] = nil
        return Self.served(.object([("file", add(content, state.names[path[0]] ?? "", &state))]), status: 200)
    }

    private func add(_ content: [UInt8], _ name: String, _ state: inout State) -> JSON {
        state.count += 1
        let id = "file-\(state.count)"
        state.files[id] = content
        state.names[id] = name
        return json(id, state)
    }

    private func json(_ id: String, _ state: State) -> JSON {
        .object([
            ("id", .text(id)), ("bytes", JSON(state.files[id]?.count ?? 0)),
            ("created_at", JSON(Int(Date.now.timeIntervalSince1970))), ("filename", JSON(state.names[id])),
            ("purpose", "fine-tune"),
        ])
    }
}

/// The file in a multipart form.
struct Form {
    let filename: String
    let content: [UInt8]

    init?(_ asked: FaultServer.Asked) {
        guard let boundary = asked.headers["content-type"]?.split(separator: "boundary=").last else { return nil }
        let mark = Array("\r\n\r\n".utf8)
        let name = Array("filename=\"".utf8)
        guard let start = asked.body.firstRange(of: name)?.upperBound,
            let quote = asked.body[start...].firstIndex(of: UInt8(ascii: "\"")),
            let head = asked.body[quote...].firstRange(of: mark)?.upperBound
        else { return nil }
        let tail = Array("\r\n--\(boundary)--\r\n".utf8)
        guard asked.body.suffix(tail.count).elementsEqual(tail), asked.body.count - tail.count >= head else {
            return nil
        }
        filename = String(decoding: asked.body[start..<quote], as: UTF8.self)
        content = Array(asked.body[head..<asked.body.count - tail.count])
    }
}

import Foundation
import Synchronization

/// A service that gives the key back in all it says: in messages, bodies, pages, headers and addresses.
final class HostileServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let count = Mutex(0)
    private let authorized = Mutex(0)

    /// Requests that came with a key.
    var keysSeen: Int { authorized.withLock { $0 } }

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { [listener] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(listener, raw, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, raw, &length) == 0
            }
        }
        guard isBound else { throw Unexpected(what: "no port") }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in
            while true {
                let line = accept(listener, nil, nil)
                if line < 0 { return }
                Thread.detachNewThread { [self] in serve(line) }
            }
        }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    // MARK: - Private

    private func serve(_ line: Int32) {
        defer { close(line) }
        guard let (head, body) = read(line) else { return }
        let header = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("authorization:") } ?? ""
        let bearer =
            header.split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
        if !bearer.isEmpty { authorized.withLock { $0 += 1 } }
        let number = count.withLock { count in
            count += 1
            return count
        }
        let answer = Data(
            answer(number, bearer, body, path: String(head.split(separator: " ").dropFirst().first ?? "")).utf8)
        answer.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let sent = send(
                    line, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                if sent <= 0 { return }
                rest = rest.dropFirst(sent)
            }
        }
        shutdown(line, Int32(SHUT_WR))
    }

    /// The head and the body of a request, as far as its length was told.
    private func read(_ line: Int32) -> (String, String)? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let head = String(text[..<end.lowerBound])
                let told = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                let length = told.flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
                let isOver =
                    head.lowercased().contains("transfer-encoding: chunked") ? text.hasSuffix("0\r\n\r\n") : true
                if isOver, bytes.count - head.utf8.count - 4 >= length {
                    return (head, String(text[end.upperBound...]))
                }
            }
            let got = recv(line, &buffer, buffer.count, 0)
            if got <= 0 { return nil }
            bytes += buffer[..<got]
        }
    }

    private func answer(_ number: Int, _ bearer: String, _ body: String, path: String) -> String {
        let key = bearer.split(separator: " ").last.map(String.init) ?? ""
        // The same as JSON may spell it, so that it is not in the bytes but in the text.
        let spelled = key.unicodeScalars.enumerated().map { place, scalar in
            place % 2 == 0 ? "\\u00" + String(scalar.value, radix: 16) : String(scalar)
        }.joined()
        let job = """
            {"id":"ftjob-\(key)","object":"fine_tuning.job","created_at":1,"model":"\(spelled)","status":"\(key)",\
            "training_file":"\(key)","fine_tuned_model":"ft:\(key)","result_files":["\(key)"],"seed":1,\
            "organization_id":"\(bearer)","error":{"code":"\(key)","message":"\(spelled)"},"odd":"\(spelled)",\
            "hyperparameters":{"n_epochs":1},"metadata":{"\(key)":"\(spelled)"}}
            """
        switch number % 9 {
        case 0: return text(401, #"{"error":{"message":"Incorrect API key provided: \#(bearer)","code":"\#(key)"}}"#)
        case 1: return text(400, #"{"error":{"message":"\#(spelled)","param":"\#(key)","type":"\#(key)"}}"#)
        case 2: return text(502, "<html><title>\(bearer)</title>\(bearer)</html>", "text/html", "x-key: \(key)\r\n")
        case 3: return text(200, "<html>\(bearer)</html>", "text/html")
        case 4:
            return text(302, bearer, "text/plain", "location: http://127.0.0.1:\(port)/v1/models?key=\(key)\r\n")
        case 5: return text(429, #"{"error":{"message":"slow, \#(bearer)"}}"#, "application/json", "retry-after: 0\r\n")
        case 6: return "HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n{\"data\":[{\"id\":\"\(key)\""
        case 7:
            let file =
                #"{"id":"\#(key)","object":"file","bytes":1,"created_at":1,"filename":"\#(spelled)","purpose":"\#(key)"}"#
            return text(200, #"{"object":"list","data":[\#(file),\#(job)],"has_more":false}"#)
        default:
            if body.contains(#""stream":true"#) {
                let delta = #"data: {"choices":[{"index":0,"text":"\#(spelled)","delta":{"content":"\#(key)"}}]}"#
                return text(200, delta + "\n\ndata: [DONE]\n\n", "text/event-stream")
            }
            return text(200, job)
        }
    }

    private func text(_ status: Int, _ body: String, _ type: String = "application/json", _ more: String = "") -> String
    {
        "HTTP/1.1 \(status) X\r\ncontent-type: \(type)\r\ncontent-length: \(body.utf8.count)\r\nconnection: close\r\n\(more)\r\n\(body)"
    }
}

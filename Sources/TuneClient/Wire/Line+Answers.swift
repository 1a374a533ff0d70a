import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import TuneModel

extension Line {
    /// Sends a call and reads the JSON of its answer.
    func json(_ call: Call, by deadline: Deadline? = nil) async throws -> JSON {
        try await perform(call, by: deadline) { [self] in try await json(of: $0) }
    }

    /// The JSON of an answer that is no stream.
    func json(of opened: Opened) async throws -> JSON {
        let bytes = try await collect(opened, limit: profile.limits.answerBytes)
        if Self.isPage(bytes, opened.headers) { throw ServiceFault.notThisProtocol(host: opened.host) }
        return try json(of: bytes, from: opened.host)
    }

    func json(of bytes: [UInt8], from host: String) throws -> JSON {
        do {
            return try JSONReader.read(bytes).mapTexts(hide)
        } catch {
            throw ServiceFault.badAnswer(host: host, detail: Self.words(error))
        }
    }

    /// The whole of an answer, unpacked.
    func collect(_ opened: Opened, limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await buffer in opened.body {
            guard bytes.count + buffer.readableBytes <= limit else { throw ServiceFault.answerTooLarge(limit: limit) }
            bytes += buffer.readableBytesView
        }
        try Task.checkCancellation()
        return bytes
    }

    /// The events of a stream, until it ends or `each` has enough.
    ///
    /// - Parameter each: gets the JSON of those that came together; says whether to go on.
    /// - Returns: whether the stream said that it was over, or `each` did.
    func events(of opened: Opened, _ each: ([JSON]) async throws -> Bool) async throws -> Bool {
        var parser = EventStreamParser(limit: profile.limits.answerBytes)
        for try await buffer in opened.body {
            let events: [EventStreamParser.Event]
            do {
                events = try parser.feed(buffer.readableBytesView)
            } catch {
                throw ServiceFault.answerTooLarge(limit: profile.limits.answerBytes)
            }
            var values: [JSON] = []
            var end: Result<Void, any Error>?
            for event in events where end == nil {
                if event.data.hasPrefix("[DONE]") {
                    end = .success(())
                } else {
                    do {
                        values.append(try value(of: event, from: opened.host))
                    } catch {
                        end = .failure(error)
                    }
                }
            }
            // What came before the end is told before it.
            if !values.isEmpty, try await !each(values) { return true }
            if let end {
                try end.get()
                return true
            }
        }
        try Task.checkCancellation()
        return false
    }

    private func value(of event: EventStreamParser.Event, from host: String) throws -> JSON {
        let value = try json(of: Array(event.data.utf8), from: host)
        guard event.name == "error" || value["error"] != .null else { return value }
        let error = value["error"].isObject ? value["error"] : value
        let message = error["message"].text ?? value["error"].text ?? value.line
        throw ServiceFault.brokenStream(message: String(message.prefix(600)))
    }

    /// Whether an answer is a page for people.
    static func isPage(_ bytes: [UInt8], _ headers: HTTPHeaders) -> Bool {
        if headers.first(name: "content-type")?.lowercased().contains("text/html") == true { return true }
        return bytes.first { ![0x20, 0x0A, 0x0D, 0x09].contains($0) } == UInt8(ascii: "<")
    }

    static func isEventStream(_ headers: HTTPHeaders) -> Bool {
        headers.first(name: "content-type")?.lowercased().contains("event-stream") == true
    }

    private static func words(_ fault: any Error) -> Wording {
        switch fault as? JSONReader.Fault {
        case .unexpected(let place): Wording("unexpected character at byte \(place)", "第 \(place) 字节处有意外字符")
        case .cutShort: Wording("it ends too early", "内容不完整")
        case .tooDeep: Wording("it is nested too deeply", "嵌套过深")
        case .tooManyValues: Wording("it has too many values", "值过多")
        case nil: Wording("it is no JSON", "不是 JSON")
        }
    }
}

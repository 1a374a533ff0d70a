import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import TuneModel

extension Request {
    /// The body as JSON: an object.
    func fields(limit: Int) async throws -> Fields {
        let buffer = try await body.collect(upTo: limit)
        if buffer.readableBytes == 0 {
            throw APIError.refused(
                Wording("The body is empty; a JSON object was expected.", "请求正文为空；应为 JSON 对象。"), code: "invalid_json")
        }
        let value: JSON
        do {
            value = try JSONReader.read(Array(buffer.readableBytesView))
        } catch {
            throw APIError.refused(
                Wording("The body is not valid JSON: \(error.description).", "请求正文不是有效的 JSON：\(error.description)。"),
                code: "invalid_json")
        }
        guard case .object = value else {
            throw APIError.refused(
                Wording("The body has to be a JSON object, and is \(value.kind).", "请求正文必须是 JSON 对象。"),
                code: "invalid_json")
        }
        return Fields(value)
    }

    /// The query as fields: whole numbers as such, everything else as texts; of a name that occurs twice the last counts.
    var query: Fields {
        var object = JSONObject()
        for item in (uri.query ?? "").split(separator: "&") {
            let halves = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { half in
                let plain = half.replacing("+", with: " ")
                return plain.removingPercentEncoding ?? String(plain)
            }
            object.append(halves[0], .text(halves.count > 1 ? halves[1] : ""))
        }
        return Fields(.object(object))
    }
}

extension Fields {
    /// A number of the query.
    func queryInteger(_ name: String, _ range: ClosedRange<Int>, or fallback: Int) throws -> Int {
        guard let text = try text(name) else { return fallback }
        guard let value = Int(text), range.contains(value) else {
            throw refused(
                name,
                Wording(
                    "an integer from \(range.lowerBound) to \(range.upperBound)",
                    "是 \(range.lowerBound) 到 \(range.upperBound) 之间的整数"))
        }
        return value
    }

    /// One of some words of the query.
    func queryChoice(_ name: String, _ words: [String]) throws -> String? {
        guard let text = try text(name) else { return nil }
        guard words.contains(text) else {
            let list = words.map { "`\($0)`" }
            throw refused(
                name, Wording("one of \(list.joined(separator: ", "))", "是 \(list.joined(separator: "、")) 之一"))
        }
        return text
    }
}

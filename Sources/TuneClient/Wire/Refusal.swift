import Foundation
import NIOHTTP1
import TuneModel

/// An answer that is no success, and what can be made of it.
struct Refusal: Error, Sendable {
    let status: Int
    let fault: ServiceFault
    let advice: RetryRule.Advice

    /// Characters of a service's message that are told.
    private static let longestMessage = 600

    init(status: Int, headers: HTTPHeaders, body: [UInt8], line: Line, host: String) {
        self.status = status
        let json = (try? JSONReader.read(body)) ?? .null
        let error = json["error"].isObject ? json["error"] : json
        let told = error["message"].text ?? json["error"].text ?? json["detail"].text
        let message = line.hide(String((told ?? "HTTP \(status)").prefix(Self.longestMessage)))
        let code = error["code"].text.map(line.hide)
        let isOtherTongue = told == nil && Line.isPage(body, headers)
        // Money that is used up does not come back by waiting.
        let isUsedUp = code == "insufficient_quota"
        advice = isUsedUp ? .no : RetryRule(limits: line.profile.limits).advice(status: status, headers: headers)
        switch status {
        case 401: fault = .refusedKey(service: line.profile.name, message: message)
        case 407:
            fault = .unreachable(
                host: host, reason: Wording("the proxy wants another user or password", "代理要求其他用户名或密码"))
        case 429 where !isUsedUp:
            fault = .rateLimited(wait: RetryRule.wait(headers)?.seconds, message: message)
        // The older form's word for: try again.
        case 409: fault = .rateLimited(wait: RetryRule.wait(headers)?.seconds, message: message)
        case 408, 500...: fault = .serverBroken(status: status, message: message)
        case _ where isOtherTongue: fault = .notThisProtocol(host: host)
        case 403: fault = .forbidden(message: message)
        case 404, 405: fault = .notFound(message: message)
        default:
            fault = .refused(
                status: status, message: message, code: code, parameter: error["param"].text.map(line.hide))
        }
    }
}

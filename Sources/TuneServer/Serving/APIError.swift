import HTTPTypes
import Hummingbird
import TuneModel

/// What a client is told instead of what it asked for, as the protocol has it.
struct APIError: Error, Hashable {
    /// The protocol's classes of failures.
    enum Kind: String {
        case invalidRequest = "invalid_request_error"
        case authentication = "authentication_error"
        case permission = "permission_error"
        case rateLimit = "rate_limit_error"
        case server = "server_error"
    }

    let status: HTTPResponse.Status
    let kind: Kind
    let message: Wording
    /// The field at fault.
    var param: String?
    var code: String?

    static func refused(
        _ message: Wording, param: String? = nil, code: String? = nil, status: HTTPResponse.Status = .badRequest
    ) -> APIError {
        APIError(status: status, kind: .invalidRequest, message: message, param: param, code: code)
    }

    static func missing(_ message: Wording, param: String? = nil, code: String? = nil) -> APIError {
        refused(message, param: param, code: code, status: .notFound)
    }

    static let tooManyRequests = APIError(
        status: .tooManyRequests, kind: .rateLimit,
        message: Wording(
            "Too many requests are waiting for an answer already; try again in a moment.",
            "等待回答的请求已经太多；请稍后重试。"),
        code: "rate_limit_exceeded")

    func json(in language: Language) -> JSON {
        .object([
            (
                "error",
                .object([
                    ("message", .text(message[language])), ("type", .text(kind.rawValue)), ("param", JSON(param)),
                    ("code", JSON(code)),
                ])
            )
        ])
    }
}

extension APIError {
    /// What an error of the services means to the client; places on this machine's disks stay its own.
    init(_ error: any Error, hiding folders: [String]) {
        switch error {
        case let error as APIError:
            self = error
        case let error as any ExplainedError:
            let told = error.explanation
            let message = Wording(
                PathVeil.veil(told.text(in: .english), folders), PathVeil.veil(told.text(in: .chinese), folders))
            let (status, kind): (HTTPResponse.Status, Kind) =
                switch error.failureKind {
                case .missing: (.notFound, .invalidRequest)
                case .refused: (.badRequest, .invalidRequest)
                case .busy: (.serviceUnavailable, .server)
                case .broken: (.internalServerError, .server)
                }
            self.init(
                status: status, kind: kind, message: message, param: error.failureParameter, code: error.failureCode)
        case let error as any HTTPResponseError:
            self.init(http: error.status)
        default:
            self.init(
                status: .internalServerError, kind: .server,
                message: Wording(
                    "Something unexpected went wrong here; `tunedeck doctor` checks the set-up.",
                    "服务器出现意外错误；`tunedeck doctor` 可检查环境。"))
        }
    }

    private init(http status: HTTPResponse.Status) {
        switch status {
        case .contentTooLarge:
            self = .refused(Wording("The request is too large.", "请求过大。"), code: "too_large", status: status)
        case .notFound:
            self = .missing(Wording("There is nothing at this address.", "此地址没有内容。"), code: "unknown_url")
        default:
            self = .refused(
                Wording("The request is not valid HTTP.", "请求不是有效的 HTTP。"),
                status: status.code < 500 ? status : .badRequest)
        }
    }
}

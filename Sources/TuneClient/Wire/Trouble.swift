import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import TuneModel

/// Turns the errors of the libraries below into what they mean.
enum Trouble {
    static func told(_ error: any Error, host: String, line: Line) -> any Error {
        switch error {
        case is ServiceFault, is Refusal, is CancellationError: error
        case let error as HTTPClientError: told(error, host: host, line: line)
        case let error as NIOConnectionError:
            ServiceFault.unreachable(host: host, reason: reason(error))
        case let error as IOError:
            error.errnoCode == ECONNRESET || error.errnoCode == EPIPE
                ? ServiceFault.cutOff(host: host) : ServiceFault.unreachable(host: host, reason: words(error))
        case let error as ChannelError:
            if case .connectTimeout = error {
                ServiceFault.unreachable(host: host, reason: Wording("it does not answer", "没有应答"))
            } else {
                ServiceFault.cutOff(host: host)
            }
        case let error as NIOHTTPDecompression.DecompressionError:
            error == .limit
                ? ServiceFault.answerTooLarge(limit: line.profile.limits.answerBytes)
                : ServiceFault.badAnswer(host: host, detail: Wording("it cannot be unpacked", "无法解压"))
        case is NIOHTTPDecompression.ExtraDecompressionError:
            ServiceFault.badAnswer(host: host, detail: Wording("it cannot be unpacked", "无法解压"))
        case let error as HTTPParserError:
            error == .invalidEOFState ? ServiceFault.cutOff(host: host) : ServiceFault.notThisProtocol(host: host)
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            ServiceFault.certificateRefused(host: host, reason: mistrust(error))
        // What a caller's closure throws, the key's source above all, is theirs.
        default: error
        }
    }

    private static func told(_ error: HTTPClientError, host: String, line: Line) -> any Error {
        switch error {
        case .cancelled, .requestStreamCancelled: CancellationError()
        case .readTimeout, .writeTimeout: ServiceFault.stalled(host: host)
        case .remoteConnectionClosed, .uncleanShutdown, .bodyLengthMismatch, .writeAfterRequestSent:
            ServiceFault.cutOff(host: host)
        case .deadlineExceeded: ServiceFault.timedOut(host: host, seconds: line.profile.limits.total.seconds)
        case .connectTimeout, .getConnectionFromPoolTimeout:
            ServiceFault.unreachable(host: host, reason: Wording("it does not answer", "没有应答"))
        case .tlsHandshakeTimeout:
            ServiceFault.unreachable(host: host, reason: Wording("no secure line comes about", "无法建立安全连接"))
        case .proxyAuthenticationRequired:
            ServiceFault.unreachable(
                host: host, reason: Wording("the proxy wants another user or password", "代理要求其他用户名或密码"))
        case .httpProxyHandshakeTimeout, .invalidProxyResponse:
            ServiceFault.unreachable(host: host, reason: Wording("the proxy does not let it through", "代理不予放行"))
        case .alreadyShutdown:
            ServiceFault.unreachable(host: host, reason: Wording("the line to it was closed", "与它的连接已关闭"))
        default: ServiceFault.unreachable(host: host, reason: Wording(verbatim: line.hide(error.shortDescription)))
        }
    }

    /// The library tells what it minds only in the names of its errors.
    private static func mistrust(_ error: any Error) -> Wording {
        let text = "\(error)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            return Wording("no authority known here vouches for it, or its time is over", "本机信任的机构都没有签发它，或者它已过期")
        }
        if text.contains("ailedToValidateHostname") {
            return Wording("it is for another name", "它属于另一个名称")
        }
        return Wording("no secure line comes about", "无法建立安全连接")
    }

    private static func reason(_ error: NIOConnectionError) -> Wording {
        if let single = error.connectionErrors.first?.error {
            if let error = single as? IOError { return words(error) }
            if case .connectTimeout? = single as? ChannelError { return Wording("it does not answer", "没有应答") }
        }
        return error.dnsAError != nil
            ? Wording("its name is not known", "域名无法解析") : Wording("no connection comes about", "无法建立连接")
    }

    private static func words(_ error: IOError) -> Wording {
        switch error.errnoCode {
        case ECONNREFUSED: Wording("it refuses the connection", "连接被拒绝")
        case ENETUNREACH, EHOSTUNREACH: Wording("no way leads to it", "网络不可达")
        case ETIMEDOUT: Wording("it does not answer", "没有应答")
        default: Wording(verbatim: String(cString: strerror(error.errnoCode)))
        }
    }
}

extension ServiceFault {
    /// Whether a call that nothing comes of may be sent again at once. A call that ran out of time has none left.
    var isRetried: Bool {
        switch self {
        case .unreachable, .stalled, .cutOff, .badAnswer, .serverBroken, .rateLimited: true
        default: false
        }
    }
}

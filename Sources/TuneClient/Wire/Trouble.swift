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
                ServiceFault.unreachable(host: host, reason: "it does not answer")
            } else {
                ServiceFault.cutOff(host: host)
            }
        case let error as NIOHTTPDecompression.DecompressionError:
            error == .limit
                ? ServiceFault.answerTooLarge(limit: line.profile.limits.answerBytes)
                : ServiceFault.badAnswer(host: host, detail: "it cannot be unpacked")
        case is NIOHTTPDecompression.ExtraDecompressionError:
            ServiceFault.badAnswer(host: host, detail: "it cannot be unpacked")
        case let error as HTTPParserError:
            error == .invalidEOFState ? ServiceFault.cutOff(host: host) : ServiceFault.notThisProtocol(host: host)
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            ServiceFault.certificateRefused(host: host, reason: line.hide(String("\(error)".prefix(200))))
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
            ServiceFault.unreachable(host: host, reason: "it does not answer")
        case .tlsHandshakeTimeout: ServiceFault.unreachable(host: host, reason: "no secure line comes about")
        case .proxyAuthenticationRequired:
            ServiceFault.unreachable(host: host, reason: "the proxy wants another user or password")
        case .httpProxyHandshakeTimeout, .invalidProxyResponse:
            ServiceFault.unreachable(host: host, reason: "the proxy does not let it through")
        case .alreadyShutdown: ServiceFault.unreachable(host: host, reason: "the line to it was closed")
        default: ServiceFault.unreachable(host: host, reason: line.hide(error.shortDescription))
        }
    }

    private static func reason(_ error: NIOConnectionError) -> String {
        if let single = error.connectionErrors.first?.error {
            if let error = single as? IOError { return words(error) }
            if case .connectTimeout? = single as? ChannelError { return "it does not answer" }
        }
        return error.dnsAError != nil ? "its name is not known" : "no connection comes about"
    }

    private static func words(_ error: IOError) -> String {
        switch error.errnoCode {
        case ECONNREFUSED: "it refuses the connection"
        case ENETUNREACH, EHOSTUNREACH: "no way leads to it"
        case ETIMEDOUT: "it does not answer"
        default: String(cString: strerror(error.errnoCode))
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

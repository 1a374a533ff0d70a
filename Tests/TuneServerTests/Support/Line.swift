import Dispatch
import Foundation

/// A connection to a server on this machine, byte by byte: for clients that behave as no library would.
final class Line: @unchecked Sendable {
    // Used by one task at a time.
    private let socket: CInt
    private let queue = DispatchQueue(label: "line")

    struct CannotConnect: Error { let code: CInt }

    init(port: Int) throws {
        #if canImport(Glibc)
            let stream = CInt(SOCK_STREAM.rawValue)
        #else
            let stream = SOCK_STREAM
        #endif
        socket = Foundation.socket(AF_INET, stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) }
        }
        if code != 0 { throw CannotConnect(code: errno) }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(socket) }

    /// - Returns: whether somebody is there to take it.
    @discardableResult
    func send(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        #if canImport(Glibc)
            let flags = CInt(MSG_NOSIGNAL)
        #else
            let flags: CInt = 0
        #endif
        return bytes.withUnsafeBytes { Foundation.send(socket, $0.baseAddress, $0.count, flags) } == bytes.count
    }

    /// The next bytes; empty when the other side has closed. Waits on a thread of its own: the server's tasks run in this
    /// process, too.
    func receive(upTo limit: Int = 65_536) async -> String {
        await withCheckedContinuation { continuation in
            queue.async { [self] in
                var buffer = [UInt8](repeating: 0, count: limit)
                let count = recv(socket, &buffer, limit, 0)
                continuation.resume(returning: String(decoding: buffer.prefix(max(0, count)), as: UTF8.self))
            }
        }
    }

    /// Everything until the other side closes.
    func receiveAll() async -> String {
        var all = ""
        while true {
            let piece = await receive()
            if piece.isEmpty { return all }
            all += piece
        }
    }

    /// Receives until a text has come; what has come until then.
    func receive(until text: String) async -> String {
        var all = ""
        while !all.contains(text) {
            let piece = await receive()
            if piece.isEmpty { break }
            all += piece
        }
        return all
    }
}

import Foundation
import Synchronization

/// An HTTP server on loopback that breaks what it is told to break.
final class FaultServer: Sendable {
    struct Asked: Sendable {
        let method: String
        /// Without the query, escapes undone.
        let path: String
        let query: [String: String]
        /// Names in lower case.
        let headers: [String: String]
        let body: [UInt8]
        /// The first line as it came.
        let line: String
    }

    struct Served: Sendable {
        var status = 200
        var headers = ["content-type": "application/json"]
        var body: [UInt8] = []
        var fault = Fault.none
    }

    let port: UInt16
    private let listener: Int32
    private let open = Mutex<Set<Int32>>([])
    private let isOver = Mutex(false)
    private let answer: @Sendable (Asked) -> Served

    /// - Parameter port: 0 takes one that is free.
    init(port wanted: UInt16 = 0, _ answer: @escaping @Sendable (Asked) -> Served) throws {
        self.answer = answer
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, 4)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = wanted.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(listener, raw, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, raw, &length) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRINUSE) }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        let accepting = Thread { [self] in acceptAll() }
        accepting.stackSize = 1 << 18
        accepting.start()
    }

    var base: String { "http://127.0.0.1:\(port)/v1" }

    /// Ends every connection, too.
    func stop() {
        isOver.withLock { $0 = true }
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        open.withLock { for socket in $0 { shutdown(socket, Int32(SHUT_RDWR)) } }
    }

    // MARK: - Connections

    private func acceptAll() {
        while !isOver.withLock({ $0 }) {
            let socket = accept(listener, nil, nil)
            guard socket >= 0 else { return }
            open.withLock { _ = $0.insert(socket) }
            let thread = Thread { [self] in
                serve(socket)
                open.withLock { _ = $0.remove(socket) }
                close(socket)
            }
            thread.stackSize = 1 << 19
            thread.start()
        }
    }

    private func serve(_ socket: Int32) {
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var yes: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, 4)
        var pipe = Pipe(socket: socket)
        while let asked = pipe.request() {
            guard pipe.send(answer(asked)) else { return }
        }
    }
}

/// One connection.
private struct Pipe {
    let socket: Int32
    private var held: [UInt8] = []

    init(socket: Int32) { self.socket = socket }

    mutating func request() -> FaultServer.Asked? {
        let mark = Array("\r\n\r\n".utf8)
        var end: Int?
        while true {
            end = held.firstRange(of: mark)?.lowerBound
            if end != nil { break }
            guard fill() else { return nil }
        }
        let head = String(decoding: held[..<end!], as: UTF8.self).split(
            separator: "\r\n", omittingEmptySubsequences: false)
        var headers: [String: String] = [:]
        for line in head.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
                in: .whitespaces)
        }
        held.removeFirst(end! + 4)
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        while held.count < length { guard fill() else { return nil } }
        let body = Array(held.prefix(length))
        held.removeFirst(length)
        let words = head[0].split(separator: " ").map(String.init)
        guard words.count == 3 else { return nil }
        let parts = URLComponents(string: words[1])
        var query: [String: String] = [:]
        for item in parts?.queryItems ?? [] { query[item.name] = item.value ?? "" }
        return FaultServer.Asked(
            method: words[0], path: parts?.path ?? words[1], query: query, headers: headers, body: body,
            line: String(head[0]))
    }

    private mutating func fill() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(socket, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        held += buffer[..<count]
        return true
    }

    /// - Returns: whether the connection can be used again.
    func send(_ served: FaultServer.Served) -> Bool {
        var head = "HTTP/1.1 \(served.status) X\r\n"
        for (name, value) in served.headers { head += "\(name): \(value)\r\n" }
        let full = Array((head + "content-length: \(served.body.count)\r\n\r\n").utf8) + served.body
        let half = full[..<(full.count - (served.body.count + 1) / 2)]
        switch served.fault {
        case .resetAtOnce, .resetAfter: return reset()
        case .closeAfter: return false
        case .resetMidway:
            write(half)
            return reset()
        case .closeMidway:
            write(half)
            return false
        case .stall: return waitForTheEnd()
        case .stallMidway:
            write(half)
            return waitForTheEnd()
        case .oneByteAtATime: return full.allSatisfy { write([$0]) }
        case .smallChunks:
            guard write(Array((head + "transfer-encoding: chunked\r\n\r\n").utf8)) else { return false }
            var place = 0
            while place < served.body.count {
                let end = min(place + 1 + place % 3, served.body.count)
                guard write(Array("\(end - place)\r\n".utf8) + served.body[place..<end] + [13, 10]) else {
                    return false
                }
                place = end
            }
            return write(Array("0\r\n\r\n".utf8))
        case .endless:
            guard write(Array("HTTP/1.1 200 X\r\ncontent-type: application/json\r\n\r\n{\"data\":[\"".utf8)) else {
                return false
            }
            let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 16)
            for _ in 0..<4_096 where !write(piece) { return false }
            return false
        case .none, .status, .page, .bomb, .redirect: return write(full)
        }
    }

    @discardableResult
    private func write(_ bytes: some Collection<UInt8>) -> Bool {
        var left = Array(bytes)[...]
        while !left.isEmpty {
            let count = left.withUnsafeBytes {
                Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            left = left.dropFirst(count)
        }
        return true
    }

    private func reset() -> Bool {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Foundation.linger>.size))
        return false
    }

    private func waitForTheEnd() -> Bool {
        var poll = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        _ = Foundation.poll(&poll, 1, 20_000)
        return false
    }
}

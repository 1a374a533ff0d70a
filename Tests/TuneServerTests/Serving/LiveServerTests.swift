import Foundation
import Testing
import TuneModel

@testable import TuneServer

/// The server behind its socket, with clients that do not mean well.
struct LiveServerTests {
    /// Runs the server of a house while work is done with its port, then shuts it down as SIGTERM does.
    private func serving(
        models: FakeModels = FakeModels(), limits: ServerOptions.Limits = ServerOptions.Limits(),
        _ work: @escaping @Sendable (TestHouse, Int) async throws -> Void
    ) async throws {
        let house = try await TestHouse(models: models) { $0.limits = limits }
        let (ports, tellPort) = AsyncStream<Int>.makeStream()
        let (closing, close) = AsyncStream<Void>.makeStream()
        let serving = Task {
            defer { tellPort.finish() }
            try await house.server.run(until: { for await _ in closing {} }, listening: { tellPort.yield($0) })
        }
        if let port = await ports.first(where: { _ in true }) {
            let result = await Task.detached { try await work(house, port) }.result
            close.finish()
            try await serving.value
            try result.get()
        } else {
            try await serving.value
        }
    }

    private static var impatient: ServerOptions.Limits {
        var limits = ServerOptions.Limits()
        limits.patience = 0.3
        return limits
    }

    private static let health = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"

    private static func post(_ path: String, _ body: String) -> String {
        "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func requestsFollowEachOtherOnOneConnection() async throws {
        try await serving { _, port in
            let line = try Line(port: port)
            for _ in 0..<3 {
                line.send(Self.health)
                #expect(await line.receive(until: "}").contains("200 OK"))
            }
            line.send(Self.post("/v1/completions", #"{"model":"smollm2-135m","prompt":"a"}"#))
            #expect(await line.receive(until: "cached_tokens").contains("Hello world"))
        }
    }

    @Test func aClientThatLeavesStopsTheWork() async throws {
        let models = FakeModels(words: Array(repeating: "a", count: 100_000), pause: .milliseconds(1))
        try await serving(models: models) { _, port in
            for (count, stream) in [(1, "false"), (2, "true")] {
                let body = #"{"model":"smollm2-135m","prompt":"a","stream":\#(stream)}"#
                do {
                    let line = try Line(port: port)
                    line.send(Self.post("/v1/completions", body))
                    if count == 2 { _ = await line.receive(until: "text_completion") }
                    while models.requests.count < count { try await Task.sleep(for: .milliseconds(2)) }
                }
                while models.stopped < count { try await Task.sleep(for: .milliseconds(2)) }
            }
        }
    }

    @Test func aHeadThatTricklesInIsGivenUp() async throws {
        try await serving(limits: Self.impatient) { _, port in
            let line = try Line(port: port)
            line.send("GET /health HTTP/1.1\r\nHost: localhost\r\n")
            while line.send("X: y\r\n") { try await Task.sleep(for: .milliseconds(20)) }
        }
    }

    @Test func aBodyThatTricklesInIsGivenUp() async throws {
        try await serving(limits: Self.impatient) { _, port in
            let line = try Line(port: port)
            line.send("POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n")
            while line.send("x") { try await Task.sleep(for: .milliseconds(20)) }
        }
    }

    @Test func aConnectionThatLiesIdleIsClosed() async throws {
        try await serving(limits: Self.impatient) { _, port in
            let line = try Line(port: port)
            line.send(Self.health)
            #expect(await line.receiveAll().contains("200 OK"))
        }
    }

    @Test func anAnswerThatIsNotReadIsGivenUp() async throws {
        let models = FakeModels(words: Array(repeating: String(repeating: "a", count: 60_000), count: 2_000))
        try await serving(models: models, limits: Self.impatient) { house, port in
            let line = try Line(port: port)
            line.send(Self.post("/v1/completions", #"{"model":"smollm2-135m","prompt":"a","stream":true}"#))
            #expect(await line.receive(upTo: 100).contains("200 OK"))
            // 120 MB do not fit between the two; the server has to see that nobody reads them.
            while house.server.connections > 0 { try await Task.sleep(for: .milliseconds(10)) }
        }
    }

    @Test func silentClientsKeepNobodyOut() async throws {
        var limits = ServerOptions.Limits()
        limits.connections = 16
        limits.grace = 0
        try await serving(limits: limits) { house, port in
            var silent: [Line] = []
            for number in 0..<200 {
                guard let line = try? Line(port: port) else { continue }
                if number % 2 == 0 { line.send("GET /health HTTP/1.1\r\n") }
                silent.append(line)
            }
            for _ in 0..<20 {
                let line = try Line(port: port)
                line.send(Self.health)
                #expect(await line.receive(until: "}").contains("200 OK"))
            }
            #expect(house.server.connections <= 16)
            withExtendedLifetime(silent) {}
        }
    }

    @Test(arguments: [
        "GET /health HTTP/1.1\r\nHost: localhost\r\nX: \(String(repeating: "y", count: 90_000))\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\n" + String(repeating: "X: y\r\n", count: 1_100) + "\r\n",
        "GET /\(String(repeating: "a", count: 90_000)) HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{03}\u{01}\r\n\r\n",
        "POST /v1/files HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST /v1/files HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        "POST /v1/files HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ])
    func whatIsNoRequestIsRefusedAndTheConnectionClosed(_ text: String) async throws {
        try await serving { _, port in
            let line = try Line(port: port)
            line.send(text)
            let reply = await line.receiveAll()
            #expect(reply.isEmpty || reply.hasPrefix("HTTP/1.1 4"), "\(reply)")
            let good = try Line(port: port)
            good.send(Self.health)
            #expect(await good.receive(until: "}").contains("200 OK"))
        }
    }

    @Test func whatIsBeingAnsweredIsFinishedBeforeTheServerEnds() async throws {
        let models = FakeModels(words: Array(repeating: "a", count: 40), pause: .milliseconds(5))
        let (answers, tell) = AsyncStream<String>.makeStream()
        try await serving(models: models) { _, port in
            let line = try Line(port: port)
            line.send(Self.post("/v1/completions", #"{"model":"smollm2-135m","prompt":"a","stream":true}"#))
            _ = await line.receive(until: "text_completion")
            Task { tell.yield(await line.receiveAll()) }
        }
        let answer = await answers.first { _ in true }
        #expect(answer?.contains("data: [DONE]") == true)
    }

    @Test func aPortThatIsTakenIsTold() async throws {
        try await serving { house, port in
            var options = ServerOptions(port: port)
            options.limits = ServerOptions.Limits()
            let second = try ModelServer(jobs: house.jobs, files: house.files, models: house.models, options: options)
            let error = await #expect(throws: ServerError.self) {
                try await second.run(until: { try? await Task.sleep(for: .seconds(60)) }, listening: { _ in })
            }
            if case .cannotListen(_, let taken, _) = error {
                #expect(taken == port)
            } else {
                Issue.record("\(String(describing: error))")
            }
        }
    }

    @Test func manyClientsAskAtOnce() async throws {
        try await serving(models: FakeModels(pause: .milliseconds(1))) { _, port in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<64 {
                    group.addTask {
                        let line = try Line(port: port)
                        for _ in 0..<5 {
                            let isChat = number < 16
                            line.send(
                                isChat
                                    ? Self.post(
                                        "/v1/chat/completions",
                                        #"{"model":"smollm2-135m","messages":[{"role":"user","content":"a"}],"stream":true}"#
                                    )
                                    : "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            let reply = await line.receive(until: isChat ? "\r\n0\r\n\r\n" : "has_more\":false}")
                            #expect(reply.hasPrefix("HTTP/1.1 200"))
                            if isChat { #expect(reply.contains("Hello") && reply.contains(" world")) }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}

import Foundation
import Synchronization
import Testing
import TuneModel

@testable import TuneClient

@Suite struct LineTests {
    private static let models = #"{"data":[{"id":"one"}]}"#

    @Test func theKeyAndTheProjectAreSent() async throws {
        let stage = try Stage(
            .init {
                $0.organization = "org-1"
                $0.project = "proj-1"
            }
        ) { _, _ in .json(Self.models) }
        #expect(try await stage.client.models.list().map(\.name) == ["one"])
        let headers = try #require(stage.asked.first).headers
        #expect(headers["authorization"] == "Bearer sk-canary-0123456789")
        #expect(headers["openai-organization"] == "org-1" && headers["openai-project"] == "proj-1")
        await stage.close()
    }

    @Test func aFreshKeyIsFetchedOnceAfterARefusal() async throws {
        let given = Mutex(0)
        let stage = try Stage(
            .init { profile in
                profile.key = {
                    let count = given.withLock { count in
                        count += 1
                        return count
                    }
                    return Secret("key-\(count)")
                }
            }
        ) { asked, _ in
            asked.headers["authorization"] == "Bearer key-2" ? .json(Self.models) : .error(401)
        }
        _ = try await stage.client.models.list()
        _ = try await stage.client.models.list()
        #expect(given.withLock { $0 } == 2)
        #expect(stage.asked.count == 3)
        await stage.close()
    }

    @Test func theSameKeyIsNotTriedAgain() async throws {
        let stage = try Stage { _, _ in .error(401, "Incorrect API key: sk-canary-0123456789") }
        let told = await fault { _ = try await stage.client.models.list() }
        #expect(told == .refusedKey(service: ServiceName("test")!, message: "Incorrect API key: •••"))
        #expect(stage.asked.count == 1)
        await stage.close()
    }

    @Test func theKeyNeverGoesOverAnOpenLineToAnotherMachine() async throws {
        let stage = try Stage(.init { $0.baseURL = URL(string: "http://service.invalid/v1")! }) { _, _ in
            .json(Self.models)
        }
        #expect(await fault { _ = try await stage.client.models.list() } == .keyInTheOpen(host: "service.invalid"))
        await stage.close()
    }

    @Test func whatPassesIsTriedThreeTimes() async throws {
        let stage = try Stage { _, count in count < 2 ? .error(503) : .json(Self.models) }
        #expect(try await stage.client.models.list().count == 1)
        #expect(stage.asked.count == 3)
        await stage.close()
        let broken = try Stage { _, _ in .error(500, "boom") }
        #expect(
            await fault { _ = try await broken.client.models.list() } == .serverBroken(status: 500, message: "boom"))
        #expect(broken.asked.count == 3)
        await broken.close()
    }

    @Test func moneyThatIsUsedUpIsNotWaitedFor() async throws {
        let stage = try Stage { _, _ in
            .json(#"{"error":{"message":"pay","code":"insufficient_quota"}}"#, status: 429)
        }
        let told = await fault { _ = try await stage.client.models.list() }
        #expect(told == .refused(status: 429, message: "pay", code: "insufficient_quota", parameter: nil))
        #expect(stage.asked.count == 1)
        await stage.close()
    }

    @Test func nothingThereIsUnreachable() async throws {
        let stage = try Stage { _, _ in .json(Self.models) }
        stage.server.stop()
        guard case .unreachable? = await fault({ _ = try await stage.client.models.list() }) else {
            Issue.record("another fault")
            return
        }
        await stage.close()
    }

    @Test func aPageForPeopleIsNotTheProtocol() async throws {
        for status in [200, 404, 400] {
            let stage = try Stage { _, _ in
                .init(
                    status: status, headers: ["content-type": "text/html; charset=utf-8"], body: Array("<!doctype".utf8)
                )
            }
            guard case .notThisProtocol? = await fault({ _ = try await stage.client.models.list() }) else {
                Issue.record("another fault of \(status)")
                continue
            }
            await stage.close()
        }
    }

    @Test func aBombIsDefused() async throws {
        let stage = try Stage { _, _ in
            .init(headers: ["content-type": "application/json", "content-encoding": "gzip"], body: Bomb.bytes)
        }
        #expect(await fault { _ = try await stage.client.models.list() } == .answerTooLarge(limit: 1 << 20))
        #expect(stage.asked.count == 1)
        await stage.close()
    }

    @Test func aRedirectAtTheSameServiceIsFollowedWithTheKey() async throws {
        let stage = try Stage { asked, _ in
            asked.path == "/moved"
                ? .json(Self.models) : .init(status: 307, headers: ["location": "/moved"])
        }
        #expect(try await stage.client.models.list().count == 1)
        #expect(stage.asked.last?.headers["authorization"] != nil)
        await stage.close()
    }

    @Test func aRedirectElsewhereIsRefused() async throws {
        let other = try Stage { _, _ in .json(Self.models) }
        let target = other.server.base
        let stage = try Stage { _, _ in .init(status: 302, headers: ["location": target + "/models"]) }
        #expect(
            await fault { _ = try await stage.client.models.list() }
                == .redirectRefused(to: "127.0.0.1:\(other.server.port)"))
        #expect(other.asked.isEmpty)
        // Contents often lie at another place; it gets nothing that is ours.
        #expect(try await stage.client.files.content(of: FileID("file-1")!) == Data(Self.models.utf8))
        #expect(other.asked.first?.headers["authorization"] == nil)
        await stage.close()
        await other.close()
    }

    @Test func aCircleOfRedirectsEnds() async throws {
        let stage = try Stage { _, _ in .init(status: 308, headers: ["location": "/v1/models"]) }
        guard case .redirectRefused? = await fault({ _ = try await stage.client.models.list() }) else {
            Issue.record("another fault")
            return
        }
        #expect(stage.asked.count == 6)
        await stage.close()
    }

    @Test func silenceIsNoticed() async throws {
        let stage = try Stage(.init { $0.limits.read = .milliseconds(80) }) { _, _ in
            .init(body: Array(Self.models.utf8), fault: .stallMidway)
        }
        guard case .stalled? = await fault({ _ = try await stage.client.models.list() }) else {
            Issue.record("another fault")
            return
        }
        await stage.close()
    }

    @Test func aCallEndsWithItsDeadline() async throws {
        let stage = try Stage(.init { $0.limits.total = .milliseconds(150) }) { _, _ in .init(fault: .stall) }
        guard case .timedOut? = await fault({ _ = try await stage.client.models.list() }) else {
            Issue.record("another fault")
            return
        }
        await stage.close()
    }
}

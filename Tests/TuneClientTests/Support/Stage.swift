import Foundation
import Synchronization
import TuneModel

@testable import TuneClient

/// What a test changes of a client's profile.
struct Setting {
    let adjust: (inout ServiceProfile) -> Void

    init(_ adjust: @escaping (inout ServiceProfile) -> Void) { self.adjust = adjust }
}

/// A service that a test plays, and a client of it.
final class Stage: Sendable {
    let notes = UploadNotes()
    let server: FaultServer
    let client: RemoteService
    let line: Line

    /// - Parameter answer: also gets how many requests came before.
    init(
        key: String? = "sk-canary-0123456789", _ setting: Setting = Setting { _ in },
        _ answer: @escaping @Sendable (FaultServer.Asked, Int) -> FaultServer.Served
    ) throws {
        let heard = Heard()
        server = try FaultServer { asked in answer(asked, heard.add(asked)) }
        self.all = heard
        var profile = ServiceProfile(name: ServiceName("test")!, baseURL: URL(string: server.base)!) {
            key.map { Secret($0) }
        }
        profile.limits = .brief
        profile.limits.read = .seconds(5)
        profile.dialect = .modern
        setting.adjust(&profile)
        client = RemoteService(profile, memory: notes)
        line = Line(profile)
    }

    private let all: Heard
    var asked: [FaultServer.Asked] { all.list }

    func close() async {
        await client.shutdown()
        await line.shutdown()
        server.stop()
    }

    /// What came in, in order.
    private final class Heard: Sendable {
        private let asked = Mutex<[FaultServer.Asked]>([])
        var list: [FaultServer.Asked] { asked.withLock { $0 } }

        func add(_ one: FaultServer.Asked) -> Int {
            asked.withLock {
                $0.append(one)
                return $0.count - 1
            }
        }
    }
}

extension FaultServer.Served {
    static func json(_ text: String, status: Int = 200, headers: [String: String] = [:]) -> FaultServer.Served {
        var served = FaultServer.Served(status: status, body: Array(text.utf8))
        served.headers.merge(headers) { $1 }
        return served
    }

    static func error(_ status: Int, _ message: String = "no", headers: [String: String] = [:]) -> FaultServer.Served {
        json("{\"error\":{\"message\":\"\(message)\"}}", status: status, headers: headers)
    }
}

extension FaultServer.Asked {
    var json: JSON { (try? JSONReader.read(body)) ?? .null }
}

/// The fault that `work` ends with; nil when it ends well or with something else.
func fault(_ work: () async throws -> Void) async -> ServiceFault? {
    do {
        try await work()
        return nil
    } catch {
        return error as? ServiceFault
    }
}

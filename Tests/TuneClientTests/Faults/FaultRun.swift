import Foundation
import Synchronization
import TuneModel

@testable import TuneClient

/// One scripted run: a client, a service, and what goes wrong between them, all from one seed.
struct FaultRun: Sendable {
    enum Subject: Int, CaseIterable, Sendable { case look, create, follow, answer, upload, download }

    let seed: Int
    let subject: Subject
    let service: FakeService
    let server: FaultServer
    let client: RemoteService
    let notes = UploadNotes()
    let script: Script
    var chance: Chance

    static let key = "sk-canary-0123456789"
    /// Far above what any call may take, for a machine that is busy.
    static let patience = Duration.seconds(40)

    /// What happens to each request in turn, and how it was used up.
    final class Script: Sendable {
        struct State {
            var faults: [Fault]
            var served: [(line: String, fault: Fault)] = []
        }
        let state: Mutex<State>
        init(_ faults: [Fault]) { state = Mutex(State(faults: faults)) }

        func next(_ asked: FaultServer.Asked) -> Fault {
            state.withLock {
                let fault = $0.faults.isEmpty ? Fault.none : $0.faults.removeFirst()
                $0.served.append((asked.line, fault))
                return fault
            }
        }
        func end() { state.withLock { $0.faults = [] } }
        /// Requests that began a try, of a kind: those that a redirect led to belong to the one before.
        func tries(_ prefix: String) -> Int {
            state.withLock { state in
                state.served.count { served in
                    if case .redirect = served.fault { return false }
                    return served.line.hasPrefix(prefix)
                }
            }
        }
    }

    init(seed: Int, thief: FaultServer) throws {
        self.seed = seed
        subject = Subject.allCases[seed % Subject.allCases.count]
        var chance = Chance(seed)
        var traits = FakeService.Traits()
        traits.isLegacy = chance.happens(0.4)
        traits.heedsKeys = chance.happens(0.3)
        traits.keepsMetadata = chance.happens(0.6)
        traits.lineEnd = ["\n", "\r\n", "\r"].randomElement(using: &chance)!
        traits.isLate = chance.happens(0.3)
        let service = FakeService(traits, seed: seed)
        let share = Double.random(in: 0.2...0.9, using: &chance)
        let script = Script(
            (0..<Int.random(in: 1...(subject == .follow ? 24 : 8), using: &chance)).map { _ in
                chance.happens(share) ? .any(thief: thief.base, own: "", using: &chance) : .none
            })
        server = try FaultServer { asked in FaultRun.serve(asked, script.next(asked), by: service) }
        var profile = ServiceProfile(name: ServiceName("test")!, baseURL: URL(string: server.base)!) {
            Secret(FaultRun.key)
        }
        profile.dialect = chance.happens(0.5) ? .auto : traits.isLegacy ? .legacy : .modern
        profile.limits = .brief
        client = RemoteService(profile, memory: notes)
        self.service = service
        self.script = script
        self.chance = chance
    }

    static func serve(_ asked: FaultServer.Asked, _ fault: Fault, by service: FakeService) -> FaultServer.Served {
        var served = FaultServer.Served()
        switch fault {
        case .resetAtOnce: break
        case .status(let status, let headers, let isDone):
            if isDone { _ = service.answer(asked) }
            served.status = status
            served.headers.merge(headers) { $1 }
            // It says the key back, as some do.
            let told = "failed for \(asked.headers["authorization"] ?? "")"
            served.body = JSON.object([("error", .object([("message", .text(told))]))]).bytes
        case .page:
            served.headers["content-type"] = "text/html"
            served.body = Array("<html>Log in</html>".utf8)
        case .bomb:
            served.headers["content-encoding"] = "gzip"
            served.body = Bomb.bytes
        case .redirect(let status, let target):
            served.status = status
            served.headers["location"] = target.isEmpty ? asked.line.split(separator: " ").map(String.init)[1] : target
        default: served = service.answer(asked)
        }
        served.fault = fault
        return served
    }
}

extension ServiceProfile.Limits {
    /// So short that a run of faults is over in a moment.
    static var brief: ServiceProfile.Limits {
        var limits = ServiceProfile.Limits()
        limits.connect = .seconds(2)
        limits.read = .milliseconds(300)
        limits.total = .seconds(8)
        limits.firstDelay = .milliseconds(1)
        limits.longestDelay = .milliseconds(4)
        limits.longestHeldOff = .milliseconds(50)
        limits.poll = .milliseconds(2)
        limits.answerBytes = 1 << 20
        limits.wholeUploadBytes = 2_000
        limits.partBytes = 1_000
        return limits
    }
}

import Foundation
import Synchronization
import TuneControl
import TuneModel

/// Services in memory, with what a test lays out for them.
final class FakeServices: Sendable {
    struct Contents {
        var roll = ServiceRoll()
        var standings: [ServiceName: ServiceStanding] = [:]
        /// Why a service cannot be used.
        var faults: [ServiceName: FakeServiceFault] = [:]
        var files: [StoredFile] = []
        var known: [KnownUpload] = []
        var trainable: [String] = []
        var departure: Departure?
        /// A transfer comes so far, and then nothing more until it is stopped.
        var hangsAfter: TransferProgress?
        /// Lists of files do not come.
        var isSilent = false
        var added: [NewService] = []
        var uploaded: [String] = []
        var saved: [String] = []
        var created: [(requests: [JobRequest], choices: DepartureChoices)] = []
    }

    private let contents = Mutex(Contents())
    let now = Date(timeIntervalSince1970: 1_790_000_000)

    static let openai = ServiceName("openai")!
    static let office = ServiceName("office")!

    var state: Contents { contents.withLock { $0 } }
    func change(_ body: (inout sending Contents) -> Void) { contents.withLock { body(&$0) } }

    /// Two services, the first of them the current one.
    func connect(current: ServiceName? = openai) {
        change {
            $0.roll = ServiceRoll(
                cards: [
                    ServiceCard(
                        name: Self.openai, address: "https://api.openai.com/v1", keySource: "$OPENAI_API_KEY"),
                    ServiceCard(name: Self.office, address: "http://127.0.0.1:8080/v1", keySource: nil),
                ], current: current)
            $0.standings[Self.openai] = ServiceStanding(dialect: "modern", seconds: 0.182, models: 71, canPause: true)
            $0.trainable = ["gpt-4.1-mini-2025-04-14", "gpt-4.1-nano-2025-04-14"]
        }
    }

    func add(
        _ id: String, _ name: String, bytes: Int64, age: Double, purpose: String = "fine-tune", isFaulty: Bool = false
    ) {
        let fault = Explanation(
            Wording("Line 12 has no messages.", "第 12 行没有 messages。"),
            next: Wording("Mend it and upload it again.", "请修正后重新上传。"))
        let file = StoredFile(
            id: FileID(foreign: id)!, bytes: bytes, createdAt: now.addingTimeInterval(-age), filename: name,
            purpose: purpose, fault: isFaulty ? fault : nil)
        change { $0.files.append(file) }
    }

    /// Jobs that are created here are put among these.
    func client(jobs: FakeJobs) -> ServiceClient {
        ServiceClient(
            list: { [self] in state.roll },
            choose: { [self] name in change { $0.roll.current = name } },
            check: { [self] name in
                if let fault = state.faults[name] { throw fault }
                guard let standing = state.standings[name] else { throw FakeServiceFault.away }
                return standing
            },
            add: { [self] service in
                let card = ServiceCard(name: service.name, address: service.address, keySource: "$OPENAI_API_KEY")
                change {
                    $0.added.append(service)
                    $0.roll.cards.append(card)
                }
                return card
            },
            trainable: { [self] service in
                state.trainable.map { ModelCard(name: $0, kind: .base, createdAt: now, bytes: nil) }
            },
            files: { [self] service in
                if let service, let fault = state.faults[service] { throw fault }
                if state.isSilent { try await Task.sleep(for: .seconds(3600)) }
                return state.files
            },
            upload: { [self] _, path in
                AsyncThrowingStream { news in
                    if let progress = state.hangsAfter {
                        _ = news.yield(.progressed(progress))
                        return
                    }
                    let name = path.split(separator: "/").last.map(String.init) ?? path
                    change { $0.uploaded.append(name) }
                    news.yield(.progressed(TransferProgress(done: 50, total: 100)))
                    let file = StoredFile(
                        id: FileID(foreign: "file-new")!, bytes: 100, createdAt: now, filename: name,
                        purpose: "fine-tune")
                    change { $0.files.insert(file, at: 0) }
                    news.yield(.done(file))
                    news.finish()
                }
            },
            deleteFile: { [self] _, id in change { $0.files.removeAll { $0.id == id } } },
            saveFile: { [self] _, id, path in change { $0.saved.append("\(id) \(path)") } },
            knownUploads: { [self] _, _ in state.known },
            departure: { [self] request in
                guard var departure = state.departure else { throw FakeServiceFault.away }
                departure.cost?.price.training = request.model.contains("nano") ? 1.5 : 5
                return departure
            },
            create: { [self] requests, choices in
                AsyncThrowingStream { news in
                    if let progress = state.hangsAfter {
                        _ = news.yield(.sending(path: requests[0].trainingFile, progress))
                        return
                    }
                    change { $0.created.append((requests, choices)) }
                    let task = Task {
                        var made = try await jobs.createGroup(requests)
                        for index in made.indices {
                            let origin = JobOrigin(service: requests[0].service!, id: "ftjob-abc\(index)")
                            jobs.change(made[index].id) { $0.origin = origin }
                            made[index].origin = origin
                        }
                        news.yield(.created(made))
                        news.finish()
                    }
                    news.onTermination = { if case .cancelled = $0 { task.cancel() } }
                }
            })
    }
}

/// What keeps a service of a test from being used.
enum FakeServiceFault: ExplainedError {
    case away, refused

    var explanation: Explanation {
        switch self {
        case .away:
            Explanation(
                Wording("openai does not answer: the connection was refused.", "openai 没有应答：连接被拒绝。"),
                next: Wording("Check the network and the address in config.toml.", "请检查网络和 config.toml 中的地址。"))
        case .refused:
            Explanation(
                Wording("openai refused the key from $OPENAI_API_KEY.", "openai 拒绝了来自 $OPENAI_API_KEY 的密钥。"),
                next: Wording("Set it to a key that is valid, and start TuneDeck again.", "请设置有效的密钥，然后重新启动 TuneDeck。"))
        }
    }

    var exitStatus: ExitStatus { .network }
}

import Foundation
import Synchronization
import TuneModel

@testable import TuneClient

extension FaultRun {
    /// Plays the script.
    ///
    /// - Returns: what was not as promised.
    func play() async -> [String] {
        let began = ContinuousClock.now
        var complaints: [String]
        do {
            complaints = try await Deadline(host: "run", after: Self.patience).hold {
                switch subject {
                case .look: try await look()
                case .create: try await create()
                case .follow: try await follow()
                case .answer: try await answer()
                case .upload: try await upload()
                case .download: try await download()
                }
            }
        } catch {
            complaints = ["\(error) after \(ContinuousClock.now - began)"]
        }
        await client.shutdown()
        server.stop()
        return complaints.map { "seed \(seed), \(subject), \(service.traits): \($0)" }
    }

    /// What any failure has to be: one of ours, without the key.
    private func check(_ error: any Error) -> [String] {
        guard let fault = error as? ServiceFault else { return ["an error that explains nothing: \(error)"] }
        let text = fault.explanation.text(in: .english) + fault.explanation.text(in: .chinese) + "\(fault)"
        return text.contains(Self.key) ? ["the key is told: \(text)"] : []
    }

    private func look() async throws -> [String] {
        do {
            let models = try await client.models.list()
            if Set(models.map(\.name)) != Set(FakeService.models) { return ["other models: \(models)"] }
        } catch {
            let complaints = check(error)
            if !complaints.isEmpty { return complaints }
        }
        let tries = script.tries("GET")
        return tries > 3 ? ["\(tries) tries"] : []
    }

    private func create() async throws -> [String] {
        var request = RemoteJobRequest(model: "gpt-one", trainingFile: "file-t", suffix: "mine")
        request.metadata = ["who": "me"]
        let others = [service.addJob(events: 2), service.addJob(events: 2)]
        let creation = service.traits.isLegacy ? "POST /v1/fine-tunes" : "POST /v1/fine_tuning/jobs"
        var complaints: [String] = []
        var made: RemoteJob?
        do {
            made = try await client.jobs.create(request, key: "wish-\(seed)")
        } catch {
            complaints += check(error)
        }
        if script.tries(creation) > 3 { complaints.append("\(script.tries(creation)) tries") }
        script.end()
        if made == nil { made = try await client.jobs.create(request, key: "wish-\(seed)") }
        let jobs = service.state.withLock { $0.jobs.map(\.id) }.filter { !others.contains($0) }
        if jobs.count != 1 || jobs != [made?.id] { complaints.append("jobs \(jobs), told \(made?.id ?? "none")") }
        return complaints
    }

    private func follow() async throws -> [String] {
        var chance = chance
        let id = service.addJob(events: Int.random(in: 0...40, using: &chance))
        let all = service.eventMessages(of: id)
        var told: [RemoteEvent] = []
        var isAway = false
        var last: RemoteJob?
        var complaints: [String] = []
        var marks = RemoteEventMarks()
        // Sometimes the program is ended in between, and another goes on with what was kept.
        let pause = chance.happens(0.5) ? Int.random(in: 1...10, using: &chance) : .max
        for leaves in [pause, .max] {
            var seen = 0
            for try await news in client.jobs.follow(id, known: marks) {
                switch news {
                case .events(let events):
                    told += events
                    marks.ids.formUnion(events.map(\.id))
                case .job(let job): last = job
                case .away: isAway = true
                case .back:
                    if !isAway { complaints.append("back without having been away") }
                    isAway = false
                }
                seen += 1
                if seen >= leaves { break }
            }
        }
        if isAway, told.map(\.message) == all { isAway = false }
        if told.map(\.message) != all { complaints.append("told \(told.map(\.message)) of \(all)") }
        if Set(told.map(\.id)).count != told.count { complaints.append("an event was told twice") }
        if last?.status != .succeeded { complaints.append("the end was not told: \(String(describing: last?.status))") }
        if isAway { complaints.append("it was away to the end") }
        return complaints
    }

    private func answer() async throws -> [String] {
        var chance = chance
        let isChat = chance.happens(0.5)
        let request = AnswerRequest(
            model: "gpt-one", input: isChat ? .chat([Message(role: "user", content: "Hi")]) : .prompt("Hi"))
        var text = ""
        var summary: AnswerSummary?
        do {
            for try await part in client.models.answer(request) {
                switch part {
                case .text(let piece, _): text += piece
                case .finished(let end): summary = end
                }
            }
        } catch {
            guard FakeService.answerText.hasPrefix(text) else { return ["a wrong beginning: \(text)"] }
            return check(error)
        }
        if text != FakeService.answerText { return ["another answer: \(text)"] }
        if summary?.completionTokens != 11 || summary?.finish != .stop { return ["a wrong end: \(summary as Any)"] }
        return script.tries("POST") > 3 ? ["\(script.tries("POST")) tries"] : []
    }

    private func upload() async throws -> [String] {
        var chance = chance
        let content = (0..<Int.random(in: 0...5_000, using: &chance)).map { _ in
            UInt8.random(in: 0...255, using: &chance)
        }
        let path = FileManager.default.temporaryDirectory.appending(path: "tunedeck-up-\(UUID().uuidString)").path()
        try Data(content).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        var complaints: [String] = []
        var file: StoredFile?
        do {
            file = try await client.files.upload(path, purpose: "fine-tune")
        } catch {
            complaints += check(error)
        }
        script.end()
        if file == nil { file = try await client.files.upload(path, purpose: "fine-tune") }
        let id = file?.id.text ?? ""
        if service.state.withLock({ $0.files[id] }) != content { complaints.append("other bytes arrived") }
        if notes.kept.last?.file != id || !notes.partial.isEmpty { complaints.append("wrongly remembered") }
        return complaints
    }

    private func download() async throws -> [String] {
        let content = (0..<30_000).map { UInt8(truncatingIfNeeded: $0 &* $0) }
        service.state.withLock { $0.files["file-x"] = content }
        let folder = FileManager.default.temporaryDirectory.appending(path: "tunedeck-down-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "got").path()
        var complaints: [String] = []
        var isThere = false
        do {
            try await client.download(FileID("file-x")!, to: path)
            isThere = true
        } catch {
            complaints += check(error)
        }
        let found = try FileManager.default.contentsOfDirectory(atPath: folder.path())
        if found != (isThere ? ["got"] : []) { complaints.append("left \(found)") }
        if isThere, let data = FileManager.default.contents(atPath: path), Array(data) != content {
            complaints.append("other bytes: \(data.count)")
        }
        let tries = script.tries("GET /v1/files/file-x/content")
        return complaints + (tries > 3 ? ["\(tries) tries"] : [])
    }
}

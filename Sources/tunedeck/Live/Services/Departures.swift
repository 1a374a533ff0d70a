import Crypto
import Foundation
import TuneClient
import TuneData
import TuneModel
import TuneStore

/// Reckons, before anything leaves, what would leave with a job for a service and what that would cost. Sends no data.
struct Departures: Sendable {
    let desk: Desk

    /// - Throws: what is wrong with the files; never because a service does not answer, whose files then are not known.
    func departure(of request: JobRequest) async throws -> Departure {
        guard let service = request.service else { throw StoreError.serviceNotNamed }
        var files: [Departure.File] = []
        let kept = await keptFiles(at: service)
        for (use, path) in [(Departure.File.Use.training, request.trainingFile), (.validation, request.validationFile)]
        {
            guard let path else { continue }
            guard FileManager.default.fileExists(atPath: path) else {
                // Not a file here: the service's id of one.
                guard !path.contains("/"), !path.lowercased().hasSuffix(".jsonl"), FileID(foreign: path) != nil else {
                    throw StoreError.sourceMissing(path: path)
                }
                continue
            }
            files.append(try await file(path, for: use, at: service, kept: kept))
        }
        var departure = Departure(service: service, files: files)
        let reckoning = try await TokenReckoner(desk: desk).reckon(request)
        departure.examples = reckoning?.examples
        let price = desk.config.price(of: request.model, on: service)
        if price != nil || reckoning != nil {
            departure.cost = JobCost(price: price ?? Price(), estimated: reckoning?.tokens)
        }
        departure.questions = questions(about: departure)
        return departure
    }

    /// Files of a service that may be one that is here: first those that were sent from here with the same bytes and are
    /// still there, then those of the same name and size.
    func candidates(for path: String, at service: ServiceName) async throws -> [UploadCandidate] {
        try await candidates(for: path, at: service, kept: await keptFiles(at: service))
    }

    /// What looks like secrets and personal data in a file: each kind with how many records, and masked examples.
    static func findings(in path: String) throws -> [Finding] {
        let options = CheckOptions(near: nil, measure: nil, mostRemembered: 0)
        return try DatasetCheck.findings(of: Dataset(opening: path), options).filter { privateKinds.contains($0.id) }
    }

    /// The ids of the findings that are about data which must not leave by accident.
    static let privateKinds: Set<String> = [
        "secrets", "card-numbers", "id-numbers", "phone-numbers", "e-mail-addresses", "ip-addresses",
    ]

    // MARK: - Private

    private func file(
        _ path: String, for use: Departure.File.Use, at service: ServiceName, kept: [StoredFile]?
    ) async throws -> Departure.File {
        let dataset = try Dataset(opening: path)
        guard dataset.format == .jsonl else { throw DepartureFault.notJSONLines(path: path, service) }
        return Departure.File(
            use: use, path: path, bytes: Int64(dataset.bytes),
            candidates: try await candidates(for: path, at: service, kept: kept),
            findings: try Self.findings(in: path))
    }

    private func candidates(
        for path: String, at service: ServiceName, kept: [StoredFile]?
    ) async throws -> [UploadCandidate] {
        let (hash, bytes) = try FileHash.sha256(of: path)
        let known = try await desk.uploads.uploads(to: service, sha256: hash)
        // A service that does not tell its files may still have what was sent.
        let present = kept.map { Set($0.map(\.id.text)) }
        var candidates = known.filter { present?.contains($0.file) ?? true }.map {
            UploadCandidate(id: $0.file, filename: $0.filename, uploadedAt: $0.uploadedAt, match: .bytes)
        }
        let name = URL(filePath: path).lastPathComponent
        for file in kept ?? []
        where file.bytes == bytes && file.purpose == "fine-tune" && file.fault == nil
            && file.filename.split(separator: "/").last.map(String.init) == name
            && !candidates.contains(where: { $0.id == file.id.text })
        {
            candidates.append(
                UploadCandidate(
                    id: file.id.text, filename: file.filename, uploadedAt: file.createdAt, match: .nameAndSize))
        }
        return candidates
    }

    private func keptFiles(at service: ServiceName) async -> [StoredFile]? {
        try? await desk.services.service(service).files.list()
    }

    private func questions(about departure: Departure) -> [Departure.Question] {
        var questions: [Departure.Question] = []
        if let limit = desk.config.confirmAbove {
            switch departure.cost?.estimatedDollars {
            case let dollars? where dollars > limit: questions.append(.cost(above: limit))
            case .some: break
            case nil: questions.append(.unknownCost)
            }
        }
        if departure.files.contains(where: { !$0.findings.isEmpty }) { questions.append(.findings) }
        return questions
    }
}

/// Why something cannot leave as it is.
enum DepartureFault: ExplainedError, Equatable {
    case notJSONLines(path: String, ServiceName)
    /// Somebody has to agree first, and nobody can be asked.
    case needsConsent(Wording)
    /// The person said no.
    case declined

    var exitStatus: ExitStatus {
        switch self {
        case .notJSONLines: .badData
        case .needsConsent: .usage
        case .declined: .failed
        }
    }

    var explanation: Explanation {
        switch self {
        case .notJSONLines(let path, let service):
            Explanation(
                Wording(
                    "\(path) is no JSONL file, and \(service) takes no other.",
                    "\(path) 不是 JSONL 文件，而 \(service) 只接受 JSONL。"),
                next: Wording(
                    "`tunedeck prepare` or `tunedeck data convert` makes one of it.",
                    "可用 `tunedeck prepare` 或 `tunedeck data convert` 转换。"))
        case .needsConsent(let why):
            Explanation(
                Wording("Nothing was sent: ", "没有发送任何内容：") + why,
                next: Wording(
                    "If that is right, say so with --yes, or run it in a terminal to be asked.",
                    "如确认无误，请加 --yes，或在终端中运行以便询问。"))
        case .declined:
            Explanation(
                Wording("Nothing was sent.", "没有发送任何内容。"),
                next: Wording("Change the file or the limit, and start again.", "请修改文件或限额后重新开始。"))
        }
    }
}

/// The SHA-256 of a file on this machine, and its size.
enum FileHash {
    static func sha256(of path: String) throws -> (hash: String, bytes: Int64) {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw StoreError.sourceMissing(path: path) }
        defer { try? handle.close() }
        var hash = SHA256()
        var bytes: Int64 = 0
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
            hash.update(data: piece)
            bytes += Int64(piece.count)
        }
        let digits = hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        return (digits.joined(), bytes)
    }
}

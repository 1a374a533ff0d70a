import Foundation
import TuneClient
import TuneModel
import TuneStore

/// Sends what has to be sent and creates jobs at a service, once a person has agreed to it.
struct RemoteCreation: Sendable {
    let desk: Desk

    /// - Parameters:
    ///   - departures: of each request, as they were shown.
    ///   - choices: what was decided about them.
    ///   - sending: is told how far a file on its way has come.
    /// - Throws: `needsConsent` when the choices do not answer what the departures ask; what the service refuses.
    func create(
        _ requests: [JobRequest], _ departures: [Departure], _ choices: DepartureChoices,
        sending: @escaping @Sendable (_ path: String, TransferProgress) -> Void = { _, _ in }
    ) async throws -> [Job] {
        if !choices.isAgreed, let asking = departures.first(where: \.needsConsent) {
            throw DepartureFault.needsConsent(asking.reasons)
        }
        var ids = choices.reuse
        var plans: [JobOrder] = []
        for (request, departure) in zip(requests, departures) {
            for file in departure.files where ids[file.path] == nil {
                ids[file.path] = try await FileSending(desk: desk).send(file.path, to: departure.service) {
                    sending(file.path, $0)
                }.id.text
            }
            let validation = request.validationFile.map { ids[$0] ?? $0 }
            plans.append(
                JobOrder(
                    request,
                    origin: JobOrigin(
                        service: departure.service, id: "",
                        trainingFile: ids[request.trainingFile] ?? request.trainingFile, validationFile: validation,
                        cost: departure.cost, preparation: Preparations.answers(behind: request.trainingFile))))
        }
        try Task.checkCancellation()
        if plans.count == 1 { return [try await desk.allJobs.create(plans[0])] }
        return try await desk.allJobs.createGroup(plans)
    }
}

/// Sends a file to a service and remembers that it is there.
struct FileSending: Sendable {
    let desk: Desk

    func send(
        _ path: String, to service: ServiceName, purpose: String = "fine-tune",
        progress: @escaping @Sendable (TransferProgress) -> Void
    ) async throws -> StoredFile {
        let (hash, bytes) = try FileHash.sha256(of: path)
        let files = try desk.services.service(service).files
        let stored = try await files.upload(path, purpose: purpose, progress: progress)
        let known = try await desk.uploads.uploads(to: service, sha256: hash)
        if !known.contains(where: { $0.file == stored.id.text }) {
            try await desk.uploads.keep(
                KnownUpload(
                    service: service, file: stored.id.text, filename: stored.filename, bytes: bytes, sha256: hash,
                    uploadedAt: .now))
        }
        return stored
    }
}

extension Departure {
    /// Why a person is asked, in one sentence without its end.
    var reasons: Wording {
        questions.map { question in
            switch question {
            case .cost(let limit): Self.overLimit(cost, limit)
            case .unknownCost:
                Wording(
                    "`confirm_above` is set, and what this costs is not known (no price for the model in config.toml). ",
                    "设置了 `confirm_above`，但费用未知（config.toml 中没有该模型的价格）。")
            case .findings:
                files.flatMap(\.findings).reduce(
                    Wording("the file may hold secrets or personal data. ", "文件可能含有密钥或个人信息。")
                ) { $0 + $1.summary + Wording(" ", "") }
            }
        }.reduce(Wording("", "")) { $0 + $1 }.withoutTrailingSpace
    }

    private static func overLimit(_ cost: JobCost?, _ limit: Double) -> Wording {
        let cost = cost?.dollars ?? "?"
        return Wording(
            "it would cost \(cost), more than the \(PrepareCost.dollars(limit, exact: true)) of `confirm_above`. ",
            "费用为 \(cost)，超过 `confirm_above` 的 \(PrepareCost.dollars(limit, exact: true))。")
    }
}

extension JobCost {
    /// The estimate as people read it, `≈` before one that was not counted; nil without a price.
    var dollars: String? {
        guard let amount = estimatedDollars else { return nil }
        return (estimated?.isExact == true ? "" : "≈ ") + PrepareCost.dollars(amount, exact: true)
    }
}

extension PrepareCost {
    /// `$12.35`; small amounts to a hundredth of a cent.
    static func dollars(_ amount: Double, exact: Bool) -> String {
        String(format: amount == 0 || amount >= 1 ? "$%.2f" : "$%.4f", amount)
    }
}

extension Wording {
    fileprivate var withoutTrailingSpace: Wording {
        Wording(english.hasSuffix(" ") ? String(english.dropLast()) : english, chinese)
    }
}

/// The answers that a prepared file was written with.
enum Preparations {
    /// A line for each question of the recipe that lies beside the file; empty where there is none.
    static func answers(behind path: String) -> [Wording] {
        guard let recipe = recipes(for: path).first(where: FileManager.default.fileExists(atPath:)),
            let bytes = FileManager.default.contents(atPath: recipe),
            let document = try? JSONDecoder().decode(Document.self, from: bytes)
        else { return [] }
        return document.answers.map { answer in
            let isYes = ["yes", "y", "true"].contains(answer.answer.lowercased())
            return Wording("\(answer.id): \(isYes ? "yes" : "no")", "\(answer.id)：\(isYes ? "是" : "否")")
        }
    }

    private struct Document: Decodable {
        struct Answer: Decodable {
            let id: String
            let answer: String
        }
        let answers: [Answer]
    }

    /// A split file's recipe is named without the part.
    private static func recipes(for path: String) -> [String] {
        guard path.hasSuffix(".jsonl") else { return [] }
        let base = String(path.dropLast(".jsonl".count))
        return [base].map { $0 + ".recipe.json" }
            + ["_prepared_train", "_prepared_valid"].compactMap { part in
                guard let place = base.range(of: part, options: .backwards) else { return nil }
                return base.replacingCharacters(in: place, with: "_prepared") + ".recipe.json"
            }
    }
}

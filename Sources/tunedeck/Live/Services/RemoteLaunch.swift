import Foundation
import TuneClient
import TuneModel
import TuneStore

/// Jobs for a service from the command line: what would leave is shown, what has to be asked is asked, the files are sent,
/// and the jobs are created.
struct RemoteLaunch {
    let desk: Desk
    let console: Console
    let dialogue: DepartureDialogue
    let isDryRun: Bool

    /// - Returns: nothing in a dry run, which sends nothing.
    func run(_ requests: [JobRequest]) async throws -> [Job] {
        let reckoner = Departures(desk: desk)
        var departures: [Departure] = []
        for request in requests { departures.append(try await reckoner.departure(of: request)) }
        departures = limited(departures)
        if isDryRun, console.isJSON {
            let entries = zip(requests, departures).map { $1.json(of: $0) }
            console.print(entries.count == 1 ? entries[0] : .list(of: entries))
            return []
        }
        for (request, departure) in zip(requests, departures) {
            let address = try desk.services.card(of: departure.service).address
            for line in departure.lines(of: request, to: address) { console.say(line) }
        }
        if isDryRun {
            console.say(Wording("Nothing was sent.", "没有发送任何内容。"))
            return []
        }
        let choices = try dialogue.agree(departures, dialogue.choose(departures))
        let creation = RemoteCreation(desk: desk)
        let progress = TransferLine(console: console)
        defer { progress.close() }
        return try await interruptible { [departures] in
            try await creation.create(requests, departures, choices) { path, told in
                progress.show(told, of: path)
            }
        }
    }

    /// The limit is for the whole command: several jobs count together.
    private func limited(_ departures: [Departure]) -> [Departure] {
        guard departures.count > 1, let limit = desk.config.confirmAbove else { return departures }
        let together = departures.compactMap { $0.cost?.estimatedDollars }.reduce(0, +)
        guard together > limit else { return departures }
        return departures.map { departure in
            var departure = departure
            if !departure.questions.contains(.unknownCost), !departure.questions.contains(.cost(above: limit)) {
                departure.questions.append(.cost(above: limit))
            }
            return departure
        }
    }
}

/// How far a file on its way has come: a line that is rewritten, or nothing where no one watches.
final class TransferLine: Sendable {
    private let console: Console

    init(console: Console) { self.console = console }

    func show(_ progress: TransferProgress, of path: String) {
        guard console.isNarrationLive else { return }
        let name = URL(filePath: path).lastPathComponent
        let done = progress.done.formatted(.byteCount(style: .file))
        let total = progress.total.map { $0.formatted(.byteCount(style: .file)) } ?? "?"
        let share = progress.total.map { $0 > 0 ? " \(progress.done * 100 / $0) %" : "" } ?? ""
        console.rewrite(
            Wording("\(name):\(share) \(done) of \(total)", "\(name)：\(share) \(done) / \(total)")[console.language])
    }

    func close() {
        if console.isNarrationLive { console.clearLine() }
    }
}

extension Departure {
    func json(of request: JobRequest) -> JSONOutput {
        .object([
            ("object", "fine_tuning.departure"), ("service", .text(service.text)), ("model", .text(request.model)),
            ("training_file", .text(request.trainingFile)), ("validation_file", JSONOutput(request.validationFile)),
            ("examples", JSONOutput(examples)), ("trained_tokens", JSONOutput(cost?.estimated?.tokens)),
            ("exact", cost?.estimated.map { .bool($0.isExact) } ?? .null),
            ("dollars", JSONOutput(cost?.estimatedDollars)),
            ("asks", .bool(needsConsent)),
            (
                "files",
                .list(
                    files.map { file in
                        .object([
                            ("path", .text(file.path)), ("bytes", JSONOutput(file.bytes)),
                            (
                                "candidates",
                                .list(
                                    file.candidates.map {
                                        .object([
                                            ("id", .text($0.id)), ("filename", .text($0.filename)),
                                            ("same_bytes", .bool($0.match == .bytes)),
                                        ])
                                    })
                            ), ("findings", .list(file.findings.map { $0.json(in: Speech.language) })),
                        ])
                    })
            ),
        ])
    }
}

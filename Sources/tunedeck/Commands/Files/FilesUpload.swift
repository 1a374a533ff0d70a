import ArgumentParser
import Foundation
import TuneClient
import TuneModel
import TuneStore

struct FilesUpload: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "upload",
            abstract: told("Keep a copy of a file, here or at a service.", "在本机或服务上保存文件的一份副本。"))
    }

    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: help("The file; it stays where it is.", "文件；原文件保留不动。", name: "path"))
    var file: String
    @Option(
        name: [.customShort("p"), .customLong("purpose")],
        help: help("What it is for.", "用途。", name: "word"))
    var purpose = "fine-tune"
    @OptionGroup var service: ServiceOption
    @OptionGroup var consent: ConsentOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        let console = common.console
        guard let place = try await service.chosen(on: desk, console) else {
            let stored = try await interruptible { [file, purpose] in
                try await desk.files.upload(file, purpose: purpose)
            }
            return tell(stored, Wording("is kept", "已保存"), console)
        }
        let departure = try await departure(to: place, desk)
        let dialogue = consent.dialogue(console)
        if let id = try dialogue.pick(departure.files[0].candidates, for: file, at: place) {
            guard let known = FileID(foreign: id) else { return }
            let stored = try await desk.fileService(at: place).file(known)
            return tell(stored, Wording("is at \(place) already,", "已在 \(place) 上，"), console)
        }
        for finding in departure.files[0].findings { console.remark(Wording("⚠ ", "⚠ ") + finding.summary) }
        _ = try dialogue.agree([departure], DepartureChoices(isAgreed: consent.yes))
        let progress = TransferLine(console: console)
        let stored = try await interruptible { [file, purpose] in
            try await FileSending(desk: desk).send(file, to: place, purpose: purpose) { progress.show($0, of: file) }
        }
        progress.close()
        tell(stored, Wording("is at \(place)", "已上传到 \(place)"), console)
    }

    // MARK: - Private

    /// A file by itself costs nothing; what is in it is looked at all the same.
    private func departure(to place: ServiceName, _ desk: Desk) async throws -> Departure {
        guard FileManager.default.fileExists(atPath: file) else { throw StoreError.sourceMissing(path: file) }
        let (_, bytes) = try FileHash.sha256(of: file)
        // What is no table of records has nothing that could be looked at row by row.
        let findings = (try? Departures.findings(in: file)) ?? []
        let candidates = try await Departures(desk: desk).candidates(for: file, at: place)
        return Departure(
            service: place,
            files: [
                Departure.File(use: .training, path: file, bytes: bytes, candidates: candidates, findings: findings)
            ], questions: findings.isEmpty ? [] : [.findings])
    }

    private func tell(_ stored: StoredFile, _ what: Wording, _ console: Console) {
        if common.json { return console.print(stored.json) }
        console.say(
            Wording(
                "\(stored.filename) \(what.english) as \(stored.id).",
                "\(stored.filename) \(what.chinese)，编号 \(stored.id)。"))
    }
}

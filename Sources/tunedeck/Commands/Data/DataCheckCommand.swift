import ArgumentParser
import Foundation
import TuneData
import TuneModel

struct DataCheckCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "check", abstract: told("Tell what would train badly, or not at all.", "找出不利于训练或无法训练的记录。"),
            discussion: told(
                """
                Looks for broken lines, records that cannot be trained, duplicates and near-duplicates, prompts with \
                several answers, control characters, keys and personal data, and records with more tokens than the \
                base model takes.

                With --against, tells which records also stand in another file, such as the one to train on.

                Ends with 4 when records cannot be trained, or stand in both files.
                """,
                """
                检查损坏的行、无法训练的记录、重复与近似重复、同一提问的不同回答、控制字符、密钥和个人信息，\
                以及超过基础模型词元上限的记录。

                给出 --against 时，找出同时出现在另一个文件（例如训练文件）中的记录。

                若有无法训练的记录，或两个文件有相同的记录，以状态 4 结束。
                """))
    }

    @OptionGroup var dataset: DatasetArgument
    @OptionGroup var near: NearArgument
    @OptionGroup var measure: MeasureArgument
    @Option(help: help("Another file, to look for the same records in.", "另一个文件，查找其中相同的记录。", name: "file"))
    var against: String?
    @OptionGroup var common: CommonOptions

    func validate() throws { try near.check() }

    func run() async throws {
        let console = common.console
        let findings = if let against { try await leaks(against, console) } else { try await check(console) }
        if common.json {
            var members: [(String, JSONOutput)] = [("file", .text(dataset.file))]
            if let against { members.append(("against", .text(against))) }
            members.append(("near", near.threshold.map { .number($0) } ?? .null))
            members.append(("findings", .list(findings.map { $0.json(in: console.language) })))
            console.print(.object(members))
        } else {
            for finding in findings { console.print(finding.line(in: console.language)) }
        }
        let isBad = findings.contains { $0.severity == .error || (against != nil && $0.id == "leaked-records") }
        if isBad { throw ExitCode(ExitStatus.badData.rawValue) }
    }

    private func check(_ console: Console) async throws -> [Finding] {
        let options = CheckOptions(near: near.threshold, measure: try await measure.measure())
        return try await dataset.withDataset(console) { dataset, work in
            try DatasetCheck.findings(of: dataset, options, work: work)
        }
    }

    private func leaks(_ path: String, _ console: Console) async throws -> [Finding] {
        let near = near.threshold
        let reading = dataset.reading.options(.byContent)
        return try await dataset.withDataset(console) { dataset, work in
            let other = try Dataset(opening: path, reading: reading, work: work)
            return try LeakCheck.findings(of: dataset, against: other, near: near, work: work)
        }
    }
}

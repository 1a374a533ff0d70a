import ArgumentParser
import Foundation
import TuneModel

struct SampleCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sample",
            abstract: told("Write out the sample datasets.", "写出示例数据集。"),
            discussion: told(
                """
                jargon.jsonl: 2,307 questions and answers from the Jargon File 4.4.7 (public domain).
                tang.jsonl: 313 poems of the Tang dynasty.
                """,
                """
                jargon.jsonl：取自 Jargon File 4.4.7（公有领域）的 2307 组问答。
                tang.jsonl：唐诗 313 首。
                """))
    }

    @Option(help: help("The folder to write to.", "写入的文件夹。", name: "folder"))
    var to = "."
    @OptionGroup var common: CommonOptions

    func run() throws {
        let console = common.console
        let samples = try SampleData.all()
        // All or nothing: a name that is taken is found before anything is written.
        for sample in samples where FileManager.default.fileExists(atPath: to + "/" + sample.name) {
            throw SampleError.exists(path: to + "/" + sample.name)
        }
        for sample in samples { try sample.write(to: to) }
        if common.json {
            return console.print(
                .list(
                    of: samples.map {
                        .object([
                            ("path", .text(to + "/" + $0.name)), ("origin", .text($0.origin[console.language])),
                        ])
                    }))
        }
        for sample in samples { console.say(Wording(verbatim: to + "/" + sample.name + "  ") + sample.origin) }
    }
}

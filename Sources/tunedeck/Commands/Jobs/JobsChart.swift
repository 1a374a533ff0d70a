public import ArgumentParser
import Foundation
import TuneControl
public import TuneModel
import TuneStore
import TuneViews

struct JobsChart: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "chart",
            abstract: told("Draw a measure of jobs into a file, or tell it in words.", "将任务的指标绘制到文件，或用文字描述。"))
    }

    @Option(
        name: [.customShort("i"), .customLong("id")], parsing: .upToNextOption,
        help: help("A job, several to lay over each other, or a sweep.", "一个任务、多个叠加的任务或一次扫描。", name: "id"))
    var ids: [JobOrGroup]
    @Option(help: help("What is drawn.", "绘制的指标。"))
    var measure = ChartTopic.loss
    @Option(help: help("What the x axis counts.", "横轴的单位。"))
    var axis = ChartUnit.steps
    @Flag(help: help("Lay values out by powers of ten.", "纵轴使用对数。"))
    var log = false
    @Option(
        help: help("Smooth: the share of what came before, from 0 to 0.999.", "平滑：以前各步所占的比重，0 到 0.999。", name: "share"))
    var smooth = 0.0
    @Option(help: help("Write a picture that stays sharp at any size.", "写出可任意缩放的图。", name: "file"))
    var svg: String?
    @Option(help: help("Write a picture of pixels; its letters are ASCII.", "写出位图；其中的文字限于 ASCII。", name: "file"))
    var png: String?
    @Option(help: help("Write the points as a table.", "写出各点的数据表。", name: "file"))
    var csv: String?
    @Flag(help: help("Tell the chart in words; so without a file.", "用文字描述图表；未指定文件时即如此。"))
    var plain = false

    func validate() throws {
        guard (0...0.999).contains(smooth) else {
            throw usage("--smooth has to be from 0 to 0.999.", "--smooth 须在 0 到 0.999 之间。")
        }
    }

    func run() async throws {
        let desk = try Desk()
        var runs: [(name: String, course: RunCourse)] = []
        var seen = Set<JobID>()
        for id in ids {
            for job in try await id.jobs(on: desk) where seen.insert(job.id).inserted {
                let course = RunCourse(try await desk.allJobs.events(of: job.id, after: nil))
                if course.isEmpty { throw StoreError.noResults(job.id, job.status) }
                runs.append((job.title, course))
            }
        }
        let sheet = ChartSheet(
            of: measure, runs: runs, unit: axis, isLogarithmic: log, weight: smooth, language: Speech.language)
        let console = Console(isJSON: false)
        for path in [svg, png, csv].compactMap(\.self) {
            try await ChartClient.files.export(sheet, path)
            console.say(Wording("Wrote \(path).", "已写入 \(path)。"))
        }
        if plain || svg == nil && png == nil && csv == nil { console.write(sheet.description, to: .output) }
    }
}

extension ChartTopic: ExpressibleByArgument {}
extension ChartUnit: ExpressibleByArgument {}

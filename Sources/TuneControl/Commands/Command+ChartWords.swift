import TuneModel

extension Command {
    /// The words of what is done with charts.
    var chartWords: CommandWords {
        switch self {
        case .showCharts:
            CommandWords(
                Wording("Charts of the job, and of those marked", "任务及已标记任务的图表"), Wording("charts", "图表"),
                shell: "tunedeck jobs chart -i ID")
        case .chartZoomIn: CommandWords(Wording("Show half as much", "放大"), Wording("zoom in", "放大"))
        case .chartZoomOut: CommandWords(Wording("Show twice as much", "缩小"), Wording("zoom out", "缩小"))
        case .chartLeft: CommandWords(Wording("Crosshair to the left", "光标左移"), Wording("left", "左移"))
        case .chartRight: CommandWords(Wording("Crosshair to the right", "光标右移"), Wording("right", "右移"))
        case .chartBack: CommandWords(Wording("Move the window back", "窗口前移"), Wording("earlier", "更早"))
        case .chartForward: CommandWords(Wording("Move the window on", "窗口后移"), Wording("later", "更晚"))
        case .chartLogarithm:
            CommandWords(Wording("Logarithmic or linear y axis", "纵轴：对数或线性"), Wording("log axis", "对数轴"))
        case .chartSmoothing:
            CommandWords(Wording("Smooth more, then not at all", "加强平滑，再到不平滑"), Wording("smooth", "平滑"))
        case .chartUnit:
            CommandWords(Wording("x axis by steps, examples or time", "横轴：步、样本或用时"), Wording("x axis", "横轴"))
        case .chartAlone: CommandWords(Wording("One chart, or all", "单个图表或全部"), Wording("one or all", "单个/全部"))
        case .chartReset:
            CommandWords(Wording("Show all, without crosshair", "显示全部并取消光标"), Wording("whole", "全部显示"))
        case .exportChart:
            CommandWords(
                Wording("Write the chart: SVG, PNG, or CSV", "导出图表：SVG、PNG 或 CSV"), Wording("export", "导出"),
                shell: "tunedeck jobs chart -i ID --svg FILE")
        default: preconditionFailure("no words for \(rawValue)")
        }
    }
}

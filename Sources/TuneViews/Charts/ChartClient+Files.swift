public import Foundation
public import TuneCanvas
public import TuneControl
public import TuneModel

extension ChartFigure {
    /// The picture of a sheet: a colour for each run, or for each measure where there is one run.
    public nonisolated init(_ sheet: ChartSheet) {
        let runs = sheet.curves.reduce(into: [String]()) { if !$0.contains($1.run) { $0.append($1.run) } }
        let lines = sheet.curves.enumerated().flatMap { place, curve -> [Line] in
            let color = runs.count > 1 ? runs.firstIndex(of: curve.run) ?? 0 : place
            func points(_ series: Series) -> CoursePoints {
                CoursePoints(series: series, course: curve.course, unit: sheet.unit)
            }
            let name = sheet.name(of: curve)
            let isDashed = curve.measure.isValidation
            guard let smoothed = curve.smoothed else {
                return [Line(name, points: points(curve.series), color: color, isDashed: isDashed)]
            }
            return [
                Line("", points: points(curve.series), color: color, isFaint: true),
                Line(name, points: points(smoothed), color: color, isDashed: isDashed),
            ]
        }
        self.init(
            title: sheet.title, lines: lines, xLabel: sheet.unit.name[sheet.language], xNumbers: sheet.unit.numbers,
            scale: sheet.isLogarithmic ? .logarithmic : .linear, window: sheet.window)
    }
}

extension ChartClient {
    /// Writes charts to the disk, whole or not at all.
    /// - Throws: what the disk says against it.
    public nonisolated static let files = ChartClient { sheet, path in
        let data: Data =
            switch (path as NSString).pathExtension.lowercased() {
            case "csv": Data(sheet.csv.utf8)
            case "png": Data(ChartFigure(sheet).png)
            default: Data(ChartFigure(sheet).svg.utf8)
            }
        try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}

public import Foundation

/// An evaluation in a list.
public struct EvaluationCard: Hashable, Sendable, Identifiable {
    public let id: String
    public let createdAt: Date
    /// The dataset's name without its folder, and the path or id that was measured on.
    public let name: String
    public let dataset: String
    public let models: [String]
    public let records: Int
    public let isComplete: Bool
    /// What each model came to by the measure that decides, in the order of the models.
    public let measure: Measure
    public let values: [Double?]
    /// Tokens a second, by which the next one can be reckoned; nil where none were told.
    public let lossSpeed: Double?
    public let answerSpeed: Double?

    public init(_ report: EvaluationReport) {
        id = report.id
        createdAt = report.createdAt
        name = report.name
        dataset = report.request.dataset
        models = report.request.models
        records = report.records.count
        isComplete = report.isComplete
        measure = report.decisiveMeasure
        let column = SumTable(report).column(report.decisiveMeasure)
        values = report.models.indices.map { column?.value(model: $0) }
        lossSpeed = report.models.compactMap(\.lossSpeed).last
        answerSpeed = report.models.compactMap(\.answerSpeed).last
    }
}

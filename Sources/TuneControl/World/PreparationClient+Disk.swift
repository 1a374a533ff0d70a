public import TuneData
public import TuneModel

extension PreparationClient {
    /// Preparation of datasets in files, by `TuneData`.
    ///
    /// - Parameters:
    ///   - measure: how the base model cuts records, where there is one.
    ///   - cost: what training on the result will take.
    public static func onDisk(
        measure: @escaping @Sendable () async -> TokenMeasure? = { nil },
        cost: @escaping @Sendable (PreparedFiles) async throws -> Wording? = { _ in nil }
    ) -> PreparationClient {
        PreparationClient(
            analyse: { path, report in
                let work = DataWork(report: report)
                let options = PrepareOptions(
                    check: CheckOptions(
                        measure: await measure(), mostRemembered: DatasetShelf.mostRemembered))
                return try Preparation(analysing: Dataset(opening: path, work: work), options, work: work)
            },
            write: { try $0.write() }, cost: cost)
    }
}

/// How long work reports its progress, and learns that nobody waits for it any more.
public struct DataWork: Sendable {
    /// Called now and then with the share that is done, 0 to 1, from the thread that works.
    public var report: @Sendable (Double) -> Void
    /// Asked now and then; true ends the work with `DataError.cancelled`.
    public var isCancelled: @Sendable () -> Bool

    public init(
        report: @escaping @Sendable (Double) -> Void = { _ in },
        isCancelled: @escaping @Sendable () -> Bool = { Task.isCancelled }
    ) {
        self.report = report
        self.isCancelled = isCancelled
    }

    /// Reports nothing; ends when the surrounding task is cancelled.
    public static let quiet = DataWork()

    func checkpoint(_ share: Double) throws(DataError) {
        if isCancelled() { throw .cancelled }
        report(share)
    }

    /// The same work as one stretch of a longer one.
    public func stretch(_ range: ClosedRange<Double>) -> DataWork {
        let (start, length, report) = (range.lowerBound, range.upperBound - range.lowerBound, self.report)
        return DataWork(report: { report(start + $0 * length) }, isCancelled: isCancelled)
    }
}

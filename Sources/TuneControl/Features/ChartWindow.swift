/// The part of an x axis that is shown: all of it, or a stretch around a place.
public struct ChartWindow: Hashable, Sendable {
    /// What is kept while zooming: this place stays at its share of the window's width.
    private struct Stretch: Hashable, Sendable {
        var anchor: Double
        var share: Double
        var width: Double
    }

    private var stretch: Stretch?

    public init() {}

    public var isWhole: Bool { stretch == nil }

    /// What is shown of a whole axis, and never beyond its ends.
    public func range(in whole: ClosedRange<Double>) -> ClosedRange<Double> {
        guard let stretch, stretch.width < whole.width else { return whole }
        let wanted = stretch.anchor - stretch.share * stretch.width
        let low = max(whole.lowerBound, min(whole.upperBound - stretch.width, wanted))
        return low...(low + stretch.width)
    }

    /// Shows half as much, or twice as much, around a place; one undoes the other.
    /// - Parameters:
    ///   - center: nil zooms around the middle of the window.
    ///   - least: no window is narrower.
    mutating func zoom(inward: Bool, around center: Double?, in whole: ClosedRange<Double>, least: Double) {
        let shown = range(in: whole)
        guard shown.width > 0 else { return }
        if inward {
            guard shown.width / 2 >= least else { return }
            hold(center.map { max(shown.lowerBound, min(shown.upperBound, $0)) }, of: shown)
            stretch?.width /= 2
        } else if stretch != nil {
            hold(center.map { max(shown.lowerBound, min(shown.upperBound, $0)) }, of: shown)
            stretch?.width *= 2
            if let width = stretch?.width, width >= whole.width * (1 - 1e-9) { stretch = nil }
        }
    }

    /// Moves by a share of the window's width, as far as there is something.
    mutating func pan(by share: Double, in whole: ClosedRange<Double>) {
        guard stretch != nil else { return }
        let shown = range(in: whole)
        show((shown.lowerBound + shown.width * share)...(shown.upperBound + shown.width * share), in: whole)
    }

    /// Moves just so far that a place is within.
    mutating func reveal(_ x: Double, in whole: ClosedRange<Double>) {
        let shown = range(in: whole)
        guard stretch != nil, !shown.contains(x) else { return }
        let low = x < shown.lowerBound ? x : x - shown.width
        show(low...(low + shown.width), in: whole)
    }

    /// Shows this stretch.
    mutating func show(_ range: ClosedRange<Double>, in whole: ClosedRange<Double>) {
        guard range.width < whole.width else {
            stretch = nil
            return
        }
        let low = max(whole.lowerBound, min(whole.upperBound - range.width, range.lowerBound))
        stretch = Stretch(anchor: low, share: 0, width: range.width)
    }

    // MARK: -

    /// Keeps a place where it is in the window; the middle keeps whatever is kept already.
    private mutating func hold(_ center: Double?, of shown: ClosedRange<Double>) {
        if let stretch, center == nil || center == stretch.anchor {
            self.stretch = stretch
            return
        }
        let anchor = center ?? (shown.lowerBound + shown.upperBound) / 2
        stretch = Stretch(anchor: anchor, share: (anchor - shown.lowerBound) / shown.width, width: shown.width)
    }
}

extension ClosedRange<Double> {
    var width: Double { upperBound - lowerBound }
}

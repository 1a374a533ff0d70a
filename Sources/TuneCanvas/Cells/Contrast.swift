import Foundation

/// How well two colours can be told apart, as WCAG 2 reckons it.
public enum Contrast {
    /// What text needs on what it stands on, and what a line without text needs.
    public static let ofText = 4.5
    public static let ofLines = 3.0

    /// From 1, the same, to 21, black on white; nil when one of the two is the terminal's own and so unknown.
    public static func ratio(_ a: Color, _ b: Color) -> Double? {
        guard let a = luminance(a), let b = luminance(b) else { return nil }
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    /// From 0, black, to 1, white.
    public static func luminance(_ color: Color) -> Double? {
        let parts: (UInt8, UInt8, UInt8)
        switch color {
        case .default: return nil
        case .indexed(let index): parts = XtermPalette.rgb(of: index)
        case .rgb(let red, let green, let blue): parts = (red, green, blue)
        }
        return 0.2126 * linear(parts.0) + 0.7152 * linear(parts.1) + 0.0722 * linear(parts.2)
    }

    // MARK: -

    private static func linear(_ part: UInt8) -> Double {
        let share = Double(part) / 255
        return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
}

extension ColorDepth {
    /// The nearest colour that this depth can show and that stands out from each of these grounds; where none does, the
    /// one that stands out most.
    ///
    /// - Parameter ratio: what `Contrast.ratio` has to reach. A ground whose colour is unknown is not asked.
    public func nearest(to color: Color, on grounds: [Color], ratio: Double) -> Color {
        let plain = nearest(to: color)
        func worst(_ color: Color) -> Double { grounds.compactMap { Contrast.ratio(color, $0) }.min() ?? .infinity }
        if worst(plain) >= ratio { return plain }
        guard let palette else { return plain }
        let (red, green, blue) = XtermPalette.parts(of: color)
        let legible = palette.filter { worst(.indexed($0)) >= ratio }
        if legible.isEmpty {
            return palette.max { worst(.indexed($0)) < worst(.indexed($1)) }.map { .indexed($0) } ?? plain
        }
        return .indexed(XtermPalette.nearest(red, green, blue, among: legible))
    }

    /// The entries that this depth draws with; nil where it is not by entries.
    private var palette: ClosedRange<UInt8>? {
        switch self {
        case .mono, .trueColor: nil
        case .eight: 0...7
        case .sixteen: 0...15
        // The first 16 are the user's own, about which nothing is known.
        case .palette: 16...255
        }
    }
}

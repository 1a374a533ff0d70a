/// How many colours a terminal shows.
public enum ColorDepth: String, CaseIterable, Comparable, Sendable {
    /// Bold, reverse and the like alone.
    case mono
    case eight, sixteen
    case palette
    case trueColor

    public static func < (a: ColorDepth, b: ColorDepth) -> Bool { a.rank < b.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self)! }

    /// The nearest colour that this depth can show.
    public func nearest(to color: Color) -> Color {
        switch (self, color) {
        case (_, .default), (.mono, _): .default
        case (.trueColor, _): color
        case (.palette, .indexed): color
        case (.palette, .rgb(let red, let green, let blue)):
            .indexed(XtermPalette.nearest(red, green, blue, in: 16...255))
        case (.sixteen, .indexed(let index)) where index < 16: color
        case (.eight, .indexed(let index)) where index < 8: color
        // The bright colours have a dark twin each, which keeps the hue.
        case (.eight, .indexed(let index)) where index < 16: .indexed(index - 8)
        case (.sixteen, _), (.eight, _): nearestOfFew(color)
        }
    }

    private func nearestOfFew(_ color: Color) -> Color {
        let (red, green, blue): (UInt8, UInt8, UInt8)
        switch color {
        case .default: return .default
        case .indexed(let index): (red, green, blue) = XtermPalette.rgb(of: index)
        case .rgb(let r, let g, let b): (red, green, blue) = (r, g, b)
        }
        return .indexed(XtermPalette.nearest(red, green, blue, in: 0...(self == .sixteen ? 15 : 7)))
    }
}

/// The colours of xterm's 256 palette entries.
public enum XtermPalette {
    /// The first 16 are what xterm starts with; users change those.
    public static func rgb(of index: UInt8) -> (UInt8, UInt8, UInt8) {
        switch index {
        case 0..<16:
            return basic[Int(index)]
        case 16..<232:
            let cube = Int(index) - 16
            return (levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
        default:
            let gray = UInt8(8 + 10 * (Int(index) - 232))
            return (gray, gray, gray)
        }
    }

    /// The entry that looks most like a colour.
    static func nearest(_ red: UInt8, _ green: UInt8, _ blue: UInt8, in range: ClosedRange<UInt8>) -> UInt8 {
        nearest(red, green, blue, among: range)
    }

    static func nearest(
        _ red: UInt8, _ green: UInt8, _ blue: UInt8, among entries: some Collection<UInt8>
    ) -> UInt8 {
        entries.min { distance(red, green, blue, $0) < distance(red, green, blue, $1) } ?? 0
    }

    /// The parts of a colour; the terminal's own counts as black.
    static func parts(of color: Color) -> (UInt8, UInt8, UInt8) {
        switch color {
        case .default: (0, 0, 0)
        case .indexed(let index): rgb(of: index)
        case .rgb(let red, let green, let blue): (red, green, blue)
        }
    }

    // MARK: -

    private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
    private static let basic: [(UInt8, UInt8, UInt8)] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
        (255, 255, 255),
    ]

    /// Squared distance, weighted by how much the eye sees of each part.
    private static func distance(_ red: UInt8, _ green: UInt8, _ blue: UInt8, _ index: UInt8) -> Int {
        let other = rgb(of: index)
        let (r, g, b) = (Int(red) - Int(other.0), Int(green) - Int(other.1), Int(blue) - Int(other.2))
        return 3 * r * r + 6 * g * g + b * b
    }
}

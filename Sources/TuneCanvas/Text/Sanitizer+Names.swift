extension Sanitizer {
    /// How a scalar that is never sent is spelled: its control picture, its short name, or its number.
    static func name(of scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0..<0x20: String(Unicode.Scalar(0x2400 + scalar.value)!)
        case 0x7F: "␡"
        case 0xE0020...0xE007E: "⟨TAG \(Unicode.Scalar(scalar.value - 0xE0000)!)⟩"
        default: "⟨\(shortNames[scalar.value] ?? "U+" + hex(scalar.value))⟩"
        }
    }

    private static func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Abbreviations that the Unicode standard uses for these characters.
    private static let shortNames: [UInt32: String] = [
        0x0085: "NEL", 0x009B: "CSI", 0x009D: "OSC", 0x0090: "DCS", 0x009C: "ST", 0x00AD: "SHY",
        0x034F: "CGJ", 0x061C: "ALM", 0x115F: "HCF", 0x1160: "HJF", 0x180E: "MVS",
        0x200B: "ZWSP", 0x200C: "ZWNJ", 0x200D: "ZWJ", 0x200E: "LRM", 0x200F: "RLM",
        0x2028: "LS", 0x2029: "PS", 0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO",
        0x2060: "WJ", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI",
        0x3164: "HF", 0xFEFF: "BOM", 0xFFA0: "HHF",
        0xFE0E: "VS15", 0xFE0F: "VS16", 0xE007F: "TAG END",
    ]
}

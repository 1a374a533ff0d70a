import Foundation
import Testing
import TuneCanvas

@testable import TuneViews

@MainActor
struct ThemeTests {
    nonisolated static let names = ["harbor", "paper", "mono", "ansi16"]

    private func text(of name: String) throws -> String {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../themes")
        return try String(contentsOf: folder.appendingPathComponent("\(name).theme"), encoding: .utf8)
    }

    @Test func theBuiltInThemeIsTheFile() throws {
        #expect(BuiltInTheme.text == (try text(of: "harbor")))
    }

    @Test(arguments: names)
    func everyRoleIsNamed(name: String) throws {
        let lines = try text(of: name).split(separator: "\n")
        for role in Role.allCases {
            #expect(lines.contains { $0.hasPrefix("\(role.rawValue) = ") }, "\(role.rawValue)")
        }
        #expect(try ThemeFile.theme(from: text(of: name), name: "x").name == name)
    }

    /// Text that cannot be read is worse than none; borders are no text.
    @Test(arguments: names)
    func textStandsOutFromWhatItStandsOn(name: String) throws {
        let theme = try ThemeFile.theme(from: text(of: name), name: name)
        for role in Role.allCases where role != .border {
            let style = theme[role]
            for ground in [style.background, theme[.cursor].background, theme[.cursorUnfocused].background] {
                guard let front = Contrast.luminance(style.foreground), let back = Contrast.luminance(ground) else {
                    continue
                }
                let ratio = (max(front, back) + 0.05) / (min(front, back) + 0.05)
                #expect(ratio >= 4.5, "\(role.rawValue) of \(name): \(ratio)")
            }
        }
    }

    @Test(arguments: names)
    func aChosenRowIsSeenWithoutColour(name: String) throws {
        let theme = try ThemeFile.theme(from: text(of: name), name: name)
        let ground = theme[.background]
        #expect(theme[.cursor].background != ground.background || !theme[.cursor].attributes.isEmpty)
    }

    @Test(arguments: [
        ("text", ThemeFile.Fault.noEqualSign(line: 1)), ("\nfish = 1", .unknownRole("fish", line: 2)),
        ("text = purple", .unknownWord("purple", line: 1)), ("text = #12345", .unknownWord("#12345", line: 1)),
        ("text = $none", .unknownWord("$none", line: 1)), ("text = 256", .unknownWord("256", line: 1)),
    ])
    func aBrokenLineIsNamed(text: String, fault: ThemeFile.Fault) {
        #expect(throws: fault) { try ThemeFile.theme(from: text, name: "x") }
    }

    @Test func aRoleWithoutABackgroundStandsOnTheThemes() throws {
        let theme = try ThemeFile.theme(from: "background = 7 on 0\ntext = 7\nkey = 2 on 4 bold", name: "x")
        #expect(theme[.text] == Style(foreground: .indexed(7), background: .indexed(0)))
        #expect(theme[.key] == Style(foreground: .indexed(2), background: .indexed(4), attributes: .bold))
        #expect(theme[.muted] == theme[.text])
    }

    @Test func aThemeThatIsNowhereIsTheBuiltInOne() {
        #expect(ThemeShelf.theme(named: "none", in: ["/nowhere"]).name == "harbor")
    }
}

/// Relative luminance as WCAG 2 defines it.
enum Contrast {
    static func luminance(_ color: Color) -> Double? {
        guard case .rgb(let red, let green, let blue) = color else { return nil }
        let parts = [red, green, blue].map { part -> Double in
            let share = Double(part) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}

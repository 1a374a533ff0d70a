import Foundation
import Testing
import TuneCanvas
import TuneControl
import TuneModel

@testable import TuneViews

@MainActor
struct ThemeTests {
    nonisolated static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../themes").standardizedFileURL.path
    nonisolated static let names = ["ansi16", "contrast", "dune", "harbor", "mono", "paper", "reef"]
    nonisolated static let depths = ColorDepth.allCases

    private func theme(_ name: String) throws -> Theme {
        let texts = ThemeFolders.load(name, from: [Self.folder])
        #expect(texts.first?.name == name)
        return try ThemeFile.theme(from: texts)
    }

    @Test func everyThemeThatIsShippedIsTested() {
        #expect(ThemeFolders.names(in: [Self.folder]) == Self.names)
    }

    @Test func theBuiltInThemeIsTheFile() throws {
        #expect(BuiltInTheme.text == ThemeFolders.load("harbor", from: [Self.folder]).first?.text)
    }

    @Test(arguments: names)
    func everyRoleIsNamedHereOrInWhatItInheritsFrom(name: String) throws {
        let lines = ThemeFolders.load(name, from: [Self.folder]).flatMap { $0.text.split(separator: "\n") }
        for role in Role.allCases {
            #expect(lines.contains { $0.hasPrefix("\(role.rawValue) = ") }, "\(role.rawValue)")
        }
        #expect(try theme(name).name == name)
    }

    /// Text that cannot be read is worse than none. What the terminal itself has for text and ground is its own.
    @Test(arguments: names, depths)
    func textStandsOutFromEverythingThatItStandsOn(name: String, depth: ColorDepth) throws {
        let theme = try theme(name).fitted(to: depth)
        for role in Role.allCases {
            let style = theme[role]
            let isList = style.background == theme[.background].background
            let rows = isList ? [theme[.cursor].background, theme[.cursorUnfocused].background] : []
            for ground in [style.background] + rows {
                guard let ratio = Contrast.ratio(style.foreground, ground) else {
                    #expect(style.foreground == .default && ground == .default, "\(role.rawValue) of \(name)")
                    continue
                }
                #expect(ratio >= role.contrast, "\(role.rawValue) of \(name) at \(depth): \(ratio)")
            }
        }
    }

    /// What the fitting gives is what the terminal is sent: nothing is rounded once more.
    @Test(arguments: names, depths)
    func aFittedThemeIsMadeOfColoursOfItsDepth(name: String, depth: ColorDepth) throws {
        let theme = try theme(name).fitted(to: depth)
        for role in Role.allCases {
            #expect(depth.nearest(to: theme[role].foreground) == theme[role].foreground)
            #expect(depth.nearest(to: theme[role].background) == theme[role].background)
        }
    }

    @Test(arguments: names, depths)
    func theRowUnderTheCursorIsSeenAtEveryDepth(name: String, depth: ColorDepth) throws {
        let theme = try theme(name).fitted(to: depth)
        for role in [Role.cursor, .tabChosen] {
            let isMarked = !theme[role].attributes.isDisjoint(with: [.reverse, .underline])
            #expect(theme[role].background != theme[.background].background || isMarked, "\(role.rawValue)")
        }
        #expect(theme[.cursor] != theme[.cursorUnfocused])
    }

    @Test(arguments: [
        ("text", ThemeFile.Fault.noEqualSign(line: 1)), ("\nfish = 1", .unknownRole("fish", line: 2)),
        ("text = purple", .unknownWord("purple", line: 1)), ("text = #12345", .unknownWord("#12345", line: 1)),
        ("text = $none", .unknownWord("$none", line: 1)), ("text = 256", .unknownWord("256", line: 1)),
        ("$a = $b\n$b = $a\ntext = $a", .goesInCircles("$a", line: 2)), ("key = key", .goesInCircles("key", line: 1)),
        ("key = mark\nmark = key bold", .goesInCircles("key", line: 2)),
        ("#\ninherits = nothing", .unknownTheme("nothing", line: 2)),
    ])
    func aBrokenLineIsNamed(text: String, fault: ThemeFile.Fault) {
        #expect(throws: fault) { try ThemeFile.theme(from: text, name: "x") }
    }

    @Test func aFaultInTheThemeBelowNamesTheFileBelow() throws {
        let texts = [
            ThemeText(name: "mine", path: "/u/mine.theme", text: "inherits = base\nkey = $c"),
            ThemeText(name: "base", path: "/s/base.theme", text: "\n\n$c = blue"),
        ]
        let problem = ThemeProblem(path: "/s/base.theme", fault: .unknownWord("blue", line: 3))
        #expect(throws: problem) { try ThemeFile.theme(from: texts) }
        #expect(problem.explanation.what.english.hasPrefix("/s/base.theme, line 3: "))
        #expect(problem.explanation.what.chinese.hasPrefix("/s/base.theme 第 3 行："))
    }

    @Test func aRoleWithoutABackgroundStandsOnTheThemes() throws {
        let theme = try ThemeFile.theme(from: "background = 7 on 0\ntext = 7\nkey = 2 on 4 bold", name: "x")
        #expect(theme[.text] == Style(foreground: .indexed(7), background: .indexed(0)))
        #expect(theme[.key] == Style(foreground: .indexed(2), background: .indexed(4), attributes: .bold))
        #expect(theme[.muted] == theme[.text])
    }

    @Test func aRoleCanLookLikeAnotherWithAChange() throws {
        let theme = try ThemeFile.theme(from: "mark = key underline\nkey = 2 on 4 bold\nfield = mark on 5", name: "x")
        #expect(
            theme[.mark] == Style(foreground: .indexed(2), background: .indexed(4), attributes: [.bold, .underline]))
        #expect(theme[.field].background == .indexed(5))
    }

    @Test func aColourOfTheChildRecoloursTheRolesOfItsParent() throws {
        let theme = try ThemeFile.theme(from: "inherits = harbor\n$sea = #ffffff", name: "mine")
        #expect(theme.name == "mine")
        #expect(theme[.accent].foreground == .hex(0xFFFFFF))
        #expect(theme[.good] == BuiltInTheme.theme[.good])
    }

    @Test func aPersonsFileComesBeforeTheShippedOneAndCanBuildOnIt() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("themes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("inherits = paper\n$teal = #000000\n".utf8).write(to: folder.appendingPathComponent("paper.theme"))
        let texts = ThemeFolders.load("paper", from: [folder.path, Self.folder])
        let theme = try ThemeFile.theme(from: texts)
        #expect(texts.count == 2)
        #expect(theme[.accent].foreground == .hex(0))
        #expect(theme[.good] == (try self.theme("paper"))[.good])
    }

    @Test func aThemeThatIsNowhereIsTheBuiltInOne() {
        #expect(ThemeShelf.theme(named: "none", in: ["/nowhere"]) == BuiltInTheme.theme)
    }
}

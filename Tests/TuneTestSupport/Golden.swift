import Foundation
public import Testing
public import TuneCanvas

/// Screens kept in files: what each cell shows, and which role its style plays.
///
/// A `*.screen` file has two layers of the same size, one under the other: the glyphs, and one letter per column for
/// the styles. `TUNEDECK_RECORD=1` rewrites the files instead of comparing; a file that is missing fails the test.
public struct Golden {
    /// The letter of a style; styles without one are `?`.
    private let letter: (Style) -> Character

    /// - Parameter letters: the letter of each style; the plain style is a space unless it is named.
    public init(letters: [Style: Character]) {
        letter = { letters[$0] ?? ($0 == .plain ? " " : "?") }
    }

    public init(letter: @escaping (Style) -> Character) {
        self.letter = letter
    }

    /// Compares a surface with `Golden/<name>.screen` in the folder of the calling test.
    public func check(
        _ surface: Surface, _ name: String, file: String = #filePath, at place: SourceLocation = #_sourceLocation
    ) {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Golden")
        let target = folder.appendingPathComponent(name + ".screen")
        let seen = text(of: surface)
        if ProcessInfo.processInfo.environment["TUNEDECK_RECORD"] == "1" {
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data(seen.utf8).write(to: target, options: .atomic)
            } catch {
                Issue.record("\(name).screen could not be written: \(error)", sourceLocation: place)
            }
            return
        }
        guard let bytes = try? Data(contentsOf: target) else {
            Issue.record(
                "no Golden/\(name).screen; run once with TUNEDECK_RECORD=1 and read what it writes\n\(seen)",
                sourceLocation: place)
            return
        }
        let kept = String(decoding: bytes, as: UTF8.self)
        guard kept != seen else { return }
        Issue.record("\(name).screen differs\n\(Self.difference(kept, seen))", sourceLocation: place)
    }

    /// Both layers as a file holds them; each row begins with a bar, which tells rows from headings.
    public func text(of surface: Surface) -> String {
        let frame = FrameText(surface, letter: letter)
        let rule = "-- \(surface.size.width)x\(surface.size.height)"
        let glyphs = [rule + " glyphs"] + frame.glyphs.map { "|" + $0 }
        let layers = glyphs + [rule + " styles"] + frame.styles.map { "|" + $0 }
        return layers.joined(separator: "\n") + "\n"
    }

    // MARK: -

    private static func difference(_ kept: String, _ seen: String) -> String {
        let old = kept.split(separator: "\n", omittingEmptySubsequences: false)
        let new = seen.split(separator: "\n", omittingEmptySubsequences: false)
        var lines: [String] = []
        for index in 0..<max(old.count, new.count) {
            let before = index < old.count ? String(old[index]) : "(none)"
            let after = index < new.count ? String(new[index]) : "(none)"
            if before != after { lines.append("line \(index + 1)\n  golden \(before)\n  seen   \(after)") }
        }
        return lines.prefix(40).joined(separator: "\n")
    }
}

import Foundation
import TuneModel
import TuneStore

/// Which theme the dashboard wears, and where its file is looked for.
struct ThemeChoice: Equatable {
    let name: String
    /// The person's own folder first, then what came with the program.
    let folders: [String]

    /// The theme that needs no file.
    private static let builtIn = "harbor"

    /// - Parameters:
    ///   - asked: `--theme`; nil takes the one of `config.toml`, else one that suits the terminal.
    ///   - preferred: what was chosen in the dashboard, worn where `config.toml` says nothing and the file is still there.
    ///   - program: the program's file, by which the shipped themes are found.
    /// - Throws: `ThemeError.unknown` for a name that was asked for and is not there.
    init(
        asked: String?, preferred: String? = nil, config: Config, paths: Paths, environment: [String: String],
        program: String = WorkerLauncher.thisProgram
    ) throws {
        folders = [paths.themes] + Self.shipped(with: program)
        let known = Self.names(in: folders)
        if let wanted = asked ?? config.theme {
            guard known.contains(wanted) else { throw ThemeError.unknown(wanted, known: known) }
            name = wanted
        } else {
            let wantsNoColor = !(environment["NO_COLOR"] ?? "").isEmpty
            let suited = wantsNoColor ? "mono" : Self.isLight(environment) ? "paper" : Self.builtIn
            name = [preferred, suited].compactMap(\.self).first { known.contains($0) } ?? Self.builtIn
        }
    }

    /// Whether the terminal says that its ground is light: `COLORFGBG` ends with the number of its colour.
    static func isLight(_ environment: [String: String]) -> Bool {
        guard let ground = environment["COLORFGBG"]?.split(separator: ";").last else { return false }
        return ["7", "9", "10", "11", "12", "13", "14", "15"].contains(ground)
    }

    /// Every theme of these folders, and the built-in one, in alphabetical order.
    static func names(in folders: [String]) -> [String] {
        let files = folders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }
        let ending = ".theme"
        return Set(files.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) } + [builtIn]).sorted()
    }

    /// Under `share` of an installed program; a build in `.build/TRIPLE/CONFIGURATION` has those of its checkout.
    static func shipped(with program: String) -> [String] {
        let home = URL(filePath: program).deletingLastPathComponent()
        return ["../share/tunedeck/themes", "../../../themes"].map {
            home.appending(path: $0).standardizedFileURL.path(percentEncoded: false)
        }
    }
}

/// Why a theme cannot be worn.
enum ThemeError: ExplainedError, Equatable {
    case unknown(String, known: [String])

    var exitStatus: ExitStatus { .usage }

    var explanation: Explanation {
        switch self {
        case .unknown(let name, let known):
            Explanation(
                Wording("There is no theme “\(name)”.", "没有名为“\(name)”的主题。"),
                next: Wording(
                    "There are: \(known.joined(separator: ", ")).", "可用的主题：\(known.joined(separator: "、"))。"))
        }
    }
}

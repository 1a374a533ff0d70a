import Foundation
import TuneData
import TuneModel

/// The files named on the command line, looked at before a screen hides what is wrong with them.
enum OpenFiles {
    /// Absolute paths of the files, in their order.
    ///
    /// - Throws: `StrayWord` for what was most likely meant as a command, `DataError` for a file that is not there.
    static func paths(of names: [String]) throws -> [String] {
        try names.map { name in
            let path = URL(filePath: name).standardizedFileURL.path(percentEncoded: false)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                if !name.contains("."), !name.contains("/") { throw StrayWord(word: name) }
                throw DataError.fileMissing(file: name)
            }
            if isFolder.boolValue { throw DataError.notAFile(file: name) }
            return path
        }
    }
}

/// A word where a command or a file belongs.
struct StrayWord: ExplainedError, Equatable {
    let word: String

    var exitStatus: ExitStatus { .usage }

    var explanation: Explanation {
        Explanation(
            Wording("“\(word)” is neither a command nor a file.", "“\(word)”既不是命令，也不是文件。"),
            next: Wording("`tunedeck --help` lists the commands.", "`tunedeck --help` 会列出所有命令。"))
    }
}

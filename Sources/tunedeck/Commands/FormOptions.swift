import ArgumentParser
import Foundation
import TuneModel
import TuneTrainer

/// What an answer is held to, as options.
struct FormOptions: ParsableArguments {
    @Flag(help: help("Hold the answer to a JSON object.", "要求回答为 JSON 对象。"))
    var jsonObject = false
    @Option(help: help("Hold the answer to the JSON schema in this file.", "要求回答符合此文件中的 JSON 模式。", name: "file"))
    var jsonSchema: String?
    @Option(help: help("Hold the answer to the GBNF grammar in this file.", "要求回答符合此文件中的 GBNF 语法。", name: "file"))
    var grammar: String?

    func validate() throws {
        if [jsonObject, jsonSchema != nil, grammar != nil].count(where: { $0 }) > 1 {
            throw usage(
                "Give one of --json-object, --json-schema and --grammar.",
                "--json-object、--json-schema 与 --grammar 只能给出一个。")
        }
    }

    func form() throws -> AnswerForm? {
        if let jsonSchema { return .schema(try text(of: jsonSchema)) }
        if let grammar { return .grammar(try text(of: grammar)) }
        return jsonObject ? .json : nil
    }

    private func text(of path: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw TrainerError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

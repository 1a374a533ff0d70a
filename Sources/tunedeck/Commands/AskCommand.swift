import ArgumentParser
import Foundation
import TuneModel
import TuneStore

struct AskCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "ask", abstract: told("Ask a model; the answer streams in.", "向模型提问；回答逐字显示。"))
    }

    @Option(name: [.customShort("m"), .customLong("model")], help: help("Whom to ask.", "要提问的模型。", name: "model"))
    var model: String
    @Option(
        name: [.customShort("p"), .customLong("prompt")],
        help: help("What to ask; standard input when left out.", "问题；省略时从标准输入读取。", name: "text"))
    var prompt: String?
    @Option(
        name: [.customShort("M"), .customLong("max-tokens")],
        help: help("The answer's longest length in tokens.", "回答的最大长度（词元）。", name: "n"))
    var maxTokens = 128
    @Option(
        name: [.customShort("t"), .customLong("temperature")],
        help: help("0 always takes the likeliest token.", "0 表示总是取最可能的词元。", name: "x"))
    var temperature = 0.7
    @Option(help: help("Take only the likeliest tokens that make up this share.", "只在累计概率达到此值的词元中取样。", name: "x"))
    var topP = 1.0
    @Option(help: help("End the answer before this text; may be repeated.", "在此文本之前结束回答；可重复。", name: "text"))
    var stop: [String] = []
    @Option(help: help("The same seed gives the same answer.", "相同的种子得到相同的回答。", name: "n"))
    var seed: UInt64?
    @Flag(help: help("Use the model's chat format.", "使用模型的对话格式。"))
    var chat = false
    @Flag(help: help("With --json: one line for each piece of the answer.", "与 --json 同用：回答的每一段输出一行。"))
    var stream = false
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if maxTokens < 1 { throw usage("--max-tokens has to be at least 1.", "--max-tokens 至少为 1。") }
        if !(0...10).contains(temperature) {
            throw usage("--temperature goes from 0 to 10.", "--temperature 的范围是 0 到 10。")
        }
        if !(topP > 0 && topP <= 1) { throw usage("--top-p is above 0 and at most 1.", "--top-p 必须大于 0 且不超过 1。") }
    }

    func run() async throws {
        let desk = try Desk()
        let console = common.console
        let text = try prompt ?? readPrompt(console)
        let known = try await desk.shelf.find(model)
        // A model that learned conversations is asked in one.
        let isChat = chat || known.isChat
        remindOfSeparator(known, text, console)
        let request = AnswerRequest(
            model: known.name, input: isChat ? .chat([Message(role: "user", content: text)]) : .prompt(text),
            maxTokens: maxTokens, sampling: Sampling(temperature: temperature, topP: topP, seed: seed),
            stop: stop.filter { !$0.isEmpty })
        var output = AnswerOutput(request: request, isJSON: common.json, isStreaming: stream, console: console)
        for try await part in desk.models.answer(request) { output.take(part) }
        output.finish()
        // The answer has been given; that it is not remembered is no failure of it.
        try? await AnswerLog(desk.workspace).append(
            model: known.name, prompt: text, answer: output.answer, summary: output.summary, request: request)
    }

    private func readPrompt(_ console: Console) throws -> String {
        if isatty(STDIN_FILENO) == 1 {
            console.remark(
                Wording("Type the prompt; end it with Ctrl-D on an empty line.", "请输入提示；在空行按 Ctrl-D 结束。"))
        }
        let bytes = FileHandle.standardInput.readDataToEndOfFile()
        var text = String(decoding: bytes, as: UTF8.self)
        // The line end that a shell or an editor puts there is not meant.
        if text.hasSuffix("\n") { text.removeLast() }
        if text.isEmpty { throw usage("There is no prompt: give one with -p.", "没有提示：请用 -p 给出。") }
        return text
    }

    /// A model that learned prompts with a certain ending answers badly without it.
    private func remindOfSeparator(_ model: ShelvedModel, _ prompt: String, _ console: Console) {
        guard !chat, let separator = model.separator, !prompt.hasSuffix(separator) else { return }
        console.remark(
            Wording(
                "Note: the prompts that this model learned from all end with \(Shell.quoted(separator)).",
                "提示：该模型学过的提示都以 \(Shell.quoted(separator)) 结尾。"))
    }
}

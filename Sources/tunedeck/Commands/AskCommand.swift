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
    @Option(help: help("What a conversation is told first; implies --chat.", "对话开头的系统消息；隐含 --chat。", name: "text"))
    var system: String?
    @Option(
        name: [.customShort("M"), .customLong("max-tokens")],
        help: help("The answer's longest length in tokens.", "回答的最大长度（词元）。", name: "n"))
    var maxTokens = 128
    @Option(name: .customShort("n"), help: help("So many answers to the same prompt.", "对同一提示给出若干个回答。", name: "n"))
    var count = 1
    @Option(help: help("End the answer before this text; may be repeated.", "在此文本之前结束回答；可重复。", name: "text"))
    var stop: [String] = []
    @Option(
        help: help("End the answer before this token; may be repeated.", "在此词元之前结束回答；可重复。", name: "id"))
    var stopToken: [Int32] = []
    @Flag(help: help("Use the model's chat format.", "使用模型的对话格式。"))
    var chat = false
    @Flag(help: help("Show the prompt before its answer.", "在回答之前先显示提示。"))
    var echo = false
    @Option(
        help: help(
            "Tell each token's probability and so many likeliest others, at most 20.", "显示每个词元的概率及若干个最可能的其他词元，最多 20 个。",
            name: "n"))
    var logprobs: Int?
    @Flag(help: help("With --json: one line for each piece of the answer.", "与 --json 同用：回答的每一段输出一行。"))
    var stream = false
    @OptionGroup var sampling: SamplingOptions
    @OptionGroup var form: FormOptions
    @OptionGroup var service: ServiceOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if maxTokens < 1 && !(maxTokens == 0 && echo) {
            throw usage("--max-tokens has to be at least 1.", "--max-tokens 至少为 1。")
        }
        if !(1...128).contains(count) { throw usage("-n goes from 1 to 128.", "-n 的范围是 1 到 128。") }
        do throws(AnswerFault) {
            try request(model, .prompt(""), nil).check()
        } catch {
            throw ValidationError(error.asOption)
        }
    }

    func run() async throws {
        let desk = try Desk()
        let console = common.console
        let form = try form.form()
        let text = try prompt ?? readPrompt(console)
        if let (place, name) = try await elsewhere(desk, console) {
            return try await ask(name, at: place, text, form, desk, console)
        }
        let known = try await desk.shelf.find(ModelAddress(model, services: desk.services.names).name)
        // A model that learned conversations is asked in one.
        let isChat = chat || system != nil || known.isChat
        remindOfSeparator(known, text, console)
        let opening = system.map { [Message(role: "system", content: $0)] } ?? []
        let request = request(
            known.name, isChat ? .chat(opening + [Message(role: "user", content: text)]) : .prompt(text), form)
        var output = AnswerOutput(
            request: request, count: count, isJSON: common.json, isStreaming: stream, console: console)
        do {
            for try await (index, part) in AnswerGroup(request, count: count).answers(by: desk.models) {
                output.take(part, of: index)
            }
        } catch let fault as AnswerFault where fault.isOption {
            throw ValidationError(fault.asOption)
        }
        output.finish()
        // The answers have been given; that one is not remembered is no failure of it.
        for answer in output.answers {
            try? await AnswerLog(desk.workspace).append(
                model: known.name, prompt: text, answer: answer.text, summary: answer.summary, request: request)
        }
    }

    /// The service that is meant and the model's name there; nil is this machine. `SERVICE/MODEL` goes before what is
    /// current, and `--service` before both.
    private func elsewhere(_ desk: Desk, _ console: Console) async throws -> (ServiceName, String)? {
        let address = ModelAddress(model, services: desk.services.names)
        if service.name == nil, let named = address.service { return (named, address.name) }
        guard let place = try await service.chosen(on: desk, console) else { return nil }
        return (place, address.service == place ? address.name : model)
    }

    private func ask(
        _ name: String, at place: ServiceName, _ text: String, _ form: AnswerForm?, _ desk: Desk, _ console: Console
    ) async throws {
        let opening = system.map { [Message(role: "system", content: $0)] } ?? []
        let input: AnswerRequest.Input =
            chat || system != nil ? .chat(opening + [Message(role: "user", content: text)]) : .prompt(text)
        let request = request(name, input, form)
        var output = AnswerOutput(
            request: request, count: count, isJSON: common.json, isStreaming: stream, console: console)
        let models = try desk.modelService(at: place)
        for try await (index, part) in AnswerGroup(request, count: count).answers(by: models) {
            output.take(part, of: index)
        }
        output.finish()
        for answer in output.answers {
            try? await AnswerLog(desk.workspace).append(
                model: "\(place)/\(name)", prompt: text, answer: answer.text, summary: answer.summary, request: request)
        }
    }

    private func request(_ model: String, _ input: AnswerRequest.Input, _ form: AnswerForm?) -> AnswerRequest {
        AnswerRequest(
            model: model, input: input, maxTokens: maxTokens, sampling: sampling.sampling,
            stop: stop.filter { !$0.isEmpty }, stopTokens: Set(stopToken), form: form, alternatives: logprobs,
            echoesPrompt: echo)
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
        guard !chat, system == nil, let separator = model.separator, !prompt.hasSuffix(separator) else { return }
        console.remark(
            Wording(
                "Note: the prompts that this model learned from all end with \(Shell.quoted(separator)).",
                "提示：该模型学过的提示都以 \(Shell.quoted(separator)) 结尾。"))
    }
}

extension AnswerFault {
    /// Whether it is about what an option says, and not about the prompt or a form's text.
    fileprivate var isOption: Bool {
        switch self {
        case .outOfRange, .tooMany, .emptyStop, .unknownToken: true
        case .emptyPrompt, .promptTooLong, .noConversations, .conversationRefused, .form: false
        }
    }
}

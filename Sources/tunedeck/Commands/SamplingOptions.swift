import ArgumentParser
import TuneModel

/// How the next token is chosen, as options.
struct SamplingOptions: ParsableArguments {
    @Option(
        name: [.customShort("t"), .customLong("temperature")],
        help: help("0 always takes the likeliest token.", "0 表示总是取最可能的词元。", name: "x"))
    var temperature = 0.7
    @Option(help: help("Take only the likeliest tokens that make up this share.", "只在累计概率达到此值的词元中取样。", name: "x"))
    var topP = 1.0
    @Option(help: help("Take only so many of the likeliest tokens; 0 for all.", "只在最可能的若干词元中取样；0 表示不限。", name: "n"))
    var topK = 0
    @Option(
        help: help(
            "Take only tokens at least this times as likely as the likeliest.", "只取概率不低于最高概率此倍数的词元。", name: "x"))
    var minP = 0.0
    @Option(
        help: help("Above 1, what has been said or asked becomes less likely.", "大于 1 时，已出现过的词元更不易再现。", name: "x"))
    var repetitionPenalty = 1.0
    @Option(help: help("Makes a token less likely each time it is said.", "词元每出现一次，再次出现的可能性就降低一些。", name: "x"))
    var frequencyPenalty = 0.0
    @Option(help: help("Makes a token less likely once it has been said.", "词元出现过后，再次出现的可能性降低。", name: "x"))
    var presencePenalty = 0.0
    @Option(
        help: help(
            "Makes a token likelier or less likely, −100 to 100; may be repeated.", "提高或降低某个词元的可能性，−100 到 100；可重复。",
            name: "id=x"))
    var logitBias: [TokenBias] = []
    @Option(help: help("The same seed gives the same answer.", "相同的种子得到相同的回答。", name: "n"))
    var seed: UInt64?

    var sampling: Sampling {
        Sampling(
            temperature: temperature, topP: topP, topK: topK, minP: minP, repetitionPenalty: repetitionPenalty,
            frequencyPenalty: frequencyPenalty, presencePenalty: presencePenalty,
            logitBias: Dictionary(logitBias.map { ($0.token, $0.bias) }) { $1 }, seed: seed)
    }

    func validate() throws {
        do throws(AnswerFault) {
            try sampling.check()
        } catch {
            throw ValidationError(error.asOption)
        }
    }
}

/// `ID=X` of `--logit-bias`.
struct TokenBias: ExpressibleByArgument, Hashable {
    let token: Int32
    let bias: Double

    init?(argument: String) {
        let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2, let token = Int32(parts[0]), let bias = Double(parts[1]) else { return nil }
        (self.token, self.bias) = (token, bias)
    }
}

extension AnswerFault {
    /// The explanation with parameters as the command line has them.
    var asOption: String {
        let option = parameter.replacing("_", with: "-").replacing("top-logprobs", with: "logprobs")
            .replacing("stop-token-ids", with: "stop-token")
        return explanation.text(in: Speech.language).replacing("`\(parameter)`", with: "--\(option)")
    }
}

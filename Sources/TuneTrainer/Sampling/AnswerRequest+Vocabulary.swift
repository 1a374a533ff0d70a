import TuneModel

extension AnswerRequest {
    /// Refuses tokens that a vocabulary of so many does not have.
    func check(vocabulary count: Int) throws(AnswerFault) {
        for id in sampling.logitBias.keys.sorted() where id < 0 || id >= count {
            throw .unknownToken(parameter: "logit_bias", id: id, count: count)
        }
        for id in stopTokens.sorted() where id < 0 || id >= count {
            throw .unknownToken(parameter: "stop_token_ids", id: id, count: count)
        }
        guard case .tokens(let ids) = input else { return }
        for id in ids where id < 0 || id >= count { throw .unknownToken(parameter: "prompt", id: id, count: count) }
    }
}

import HTTPTypes
import Testing
import TuneModel
import TuneStore

@testable import TuneServer

struct ChatRoutesTests {
    private func ask(_ house: TestHouse, _ more: String = "") async throws -> Reply {
        try await house.post(
            "/v1/chat/completions",
            #"{"model":"smollm2-135m","messages":[{"role":"user","content":"Hi"}]\#(more.isEmpty ? "" : ",")\#(more)}"#)
    }

    @Test func anAnswerComesWhole() async throws {
        let house = try await TestHouse()
        let reply = try await ask(house)
        #expect(reply.status == 200)
        #expect(reply.json["object"] == "chat.completion")
        #expect(reply.json["id"].text?.hasPrefix("chatcmpl-") == true)
        let choice = reply.json["choices"][0]
        #expect(choice["message"]["content"] == "Hello world")
        #expect(choice["message"]["role"] == "assistant")
        #expect(choice["finish_reason"] == "stop")
        #expect(choice["logprobs"] == .null)
        #expect(reply.json["usage"]["prompt_tokens"] == .integer(5))
        #expect(reply.json["usage"]["total_tokens"] == .integer(7))
        #expect(house.models.requests[0].input == .chat([Message(role: "user", content: "Hi")]))
        #expect(house.models.requests[0].sampling == Sampling(temperature: 1))
    }

    @Test func parametersReachTheModel() async throws {
        let house = try await TestHouse()
        let schema = #"{"type":"object","properties":{"a":{"type":"integer"}}}"#
        let reply = try await ask(
            house,
            """
            "temperature":0.5,"top_p":0.9,"top_k":40,"min_p":0.05,"repetition_penalty":1.1,"frequency_penalty":-1,
            "presence_penalty":2,"seed":7,"stop":["a",""],"stop_token_ids":[3],"max_completion_tokens":9,"max_tokens":5,
            "logit_bias":{"50":-100,"3":1.5},"logprobs":true,"top_logprobs":2,"user":"me","unheard_of":{"x":[1]},
            "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":\(schema)}}
            """)
        #expect(reply.status == 200, "\(reply.text)")
        let request = house.models.requests[0]
        #expect(
            request.sampling
                == Sampling(
                    temperature: 0.5, topP: 0.9, topK: 40, minP: 0.05, repetitionPenalty: 1.1, frequencyPenalty: -1,
                    presencePenalty: 2, logitBias: [50: -100, 3: 1.5], seed: 7))
        #expect(request.stop == ["a"])
        #expect(request.stopTokens == [3])
        #expect(request.maxTokens == 9)
        #expect(request.form == .schema(schema))
        #expect(request.alternatives == 2)
    }

    @Test func severalAnswersHaveSeedsOfTheirOwnAndOnePrompt() async throws {
        let house = try await TestHouse()
        let reply = try await ask(house, #""n":3,"seed":-1"#)
        #expect(reply.json["choices"].list?.map { $0["index"] } == [.integer(0), .integer(1), .integer(2)])
        #expect(Set(house.models.requests.map(\.sampling.seed)) == [.max, 0, 1])
        #expect(reply.json["usage"]["prompt_tokens"] == .integer(5))
        #expect(reply.json["usage"]["completion_tokens"] == .integer(6))
    }

    @Test func logProbabilitiesAreToldWithBytes() async throws {
        let reply = try await ask(TestHouse(models: FakeModels(words: ["é"])), #""logprobs":true,"top_logprobs":1"#)
        let token = reply.json["choices"][0]["logprobs"]["content"][0]
        #expect(token["token"] == "é")
        #expect(token["logprob"] == .number(-0.5))
        #expect(token["bytes"] == .list([.integer(0xC3), .integer(0xA9)]))
        #expect(token["top_logprobs"][0]["token"] == "é")
    }

    @Test func anAnswerStreams() async throws {
        let reply = try await ask(TestHouse(), #""stream":true,"stream_options":{"include_usage":true}"#)
        #expect(reply.headers[.contentType] == "text/event-stream; charset=utf-8")
        let events = reply.events
        #expect(events.last == "[DONE]")
        #expect(events[0]["object"] == "chat.completion.chunk")
        #expect(events[0]["choices"][0]["delta"] == .object([("role", "assistant"), ("content", "")]))
        #expect(events[1]["choices"][0]["delta"]["content"] == "Hello")
        #expect(events[2]["choices"][0]["delta"]["content"] == " world")
        #expect(events[3]["choices"][0]["finish_reason"] == "stop")
        #expect(events[4]["choices"] == .list([]))
        #expect(events[4]["usage"]["total_tokens"] == .integer(7))
        #expect(Set(events.dropLast().map { $0["id"] }).count == 1)
        #expect(events[1]["usage"] == .null)
    }

    @Test func severalAnswersStreamSideBySide() async throws {
        let events = try await ask(TestHouse(), #""stream":true,"n":2"#).events
        for index in 0..<2 {
            let mine = events.filter { $0["choices"][0]["index"] == .integer(index) }
            #expect(mine.compactMap { $0["choices"][0]["delta"]["content"].text }.joined() == "Hello world")
            #expect(mine.last?["choices"][0]["finish_reason"] == "stop")
        }
    }

    @Test func aFailureBeforeTheFirstWordOfAStreamHasItsStatus() async throws {
        let house = try await TestHouse(
            models: FakeModels(failure: AnswerFault.promptTooLong(tokens: 9_000, limit: 8_192)))
        let reply = try await ask(house, #""stream":true"#)
        #expect(reply.status == 400)
        #expect(reply.error["code"] == "context_length_exceeded")
        #expect(reply.error["message"].text?.contains("809 too many") == true)
    }

    @Test func partsOfTextAreTakenTogether() async throws {
        let house = try await TestHouse()
        let reply = try await house.post(
            "/v1/chat/completions",
            """
            {"model":"smollm2-135m","messages":[{"role":"developer","content":[{"type":"text","text":"a"},
            {"type":"text","text":"b"}]},{"role":"assistant","content":null},{"role":"user","content":"c"}]}
            """)
        #expect(reply.status == 200, "\(reply.text)")
        #expect(
            house.models.requests[0].input
                == .chat([
                    Message(role: "system", content: "a\nb"), Message(role: "assistant", content: ""),
                    Message(role: "user", content: "c"),
                ]))
    }

    @Test(arguments: [
        (#""temperature":11"#, "temperature"), (#""temperature":"hot""#, "temperature"), (#""top_p":0"#, "top_p"),
        (#""n":0"#, "n"), (#""n":129"#, "n"), (#""n":1.5"#, "n"), (#""stop":["a","b","c","d","e"]"#, "stop"),
        (#""stop":[1]"#, "stop[0]"), (#""stop":{}"#, "stop"), (#""top_logprobs":21,"logprobs":true"#, "top_logprobs"),
        (#""top_logprobs":2"#, "top_logprobs"), (#""logprobs":1"#, "logprobs"), (#""max_tokens":0"#, "max_tokens"),
        (#""max_tokens":-1"#, "max_tokens"), (#""stream":"yes""#, "stream"), (#""seed":1.5"#, "seed"),
        (#""logit_bias":{"x":1}"#, "logit_bias.x"), (#""logit_bias":{"1":101}"#, "logit_bias"),
        (#""logit_bias":[1]"#, "logit_bias"), (#""presence_penalty":3"#, "presence_penalty"),
        (#""response_format":{"type":"yaml"}"#, "response_format.type"),
        (#""response_format":"json""#, "response_format"),
        (#""response_format":{"type":"json_schema"}"#, "response_format.json_schema"),
        (#""tools":[{"type":"function"}]"#, "tools"), (#""functions":[{}]"#, "functions"),
        (#""modalities":["audio"]"#, "modalities"), (#""stream_options":{"include_usage":true}"#, "stream_options"),
        (#""min_p":2"#, "min_p"), (#""grammar":1"#, "grammar"), (#""repetition_penalty":0"#, "repetition_penalty"),
    ])
    func aBadParameterIsToldByItsName(_ parameter: String, _ name: String) async throws {
        let house = try await TestHouse()
        let reply = try await ask(house, parameter)
        #expect(reply.status == 400, "\(reply.text)")
        #expect(reply.error["param"].text == name, "\(reply.text)")
        #expect(reply.error["type"] == "invalid_request_error")
        #expect(house.models.requests.isEmpty)
    }

    @Test(arguments: [
        (#"{}"#, "model"), (#"{"model":"smollm2-135m"}"#, "messages"), (#"{"model":1}"#, "model"),
        (#"{"model":"smollm2-135m","messages":[]}"#, "messages"),
        (#"{"model":"smollm2-135m","messages":"Hi"}"#, "messages"),
        (#"{"model":"smollm2-135m","messages":["Hi"]}"#, "messages[0]"),
        (#"{"model":"smollm2-135m","messages":[{"content":"Hi"}]}"#, "messages[0].role"),
        (#"{"model":"smollm2-135m","messages":[{"role":"boss","content":"Hi"}]}"#, "messages[0].role"),
        (#"{"model":"smollm2-135m","messages":[{"role":"user"}]}"#, "messages[0].content"),
        (#"{"model":"smollm2-135m","messages":[{"role":"user","content":1}]}"#, "messages[0].content"),
        (
            #"{"model":"smollm2-135m","messages":[{"role":"user","content":[{"type":"image_url"}]}]}"#,
            "messages[0].content[0].type"
        ),
    ])
    func aBadQuestionIsToldByItsPlace(_ body: String, _ name: String) async throws {
        let reply = try await TestHouse().post("/v1/chat/completions", body)
        #expect(reply.status == 400, "\(reply.text)")
        #expect(reply.error["param"].text == name, "\(reply.text)")
    }

    @Test func anUnknownModelIsToldWithThoseThatThereAre() async throws {
        let reply = try await TestHouse().post(
            "/v1/chat/completions", #"{"model":"gpt-9","messages":[{"role":"user","content":"Hi"}]}"#)
        #expect(reply.status == 404)
        #expect(reply.error["code"] == "model_not_found")
        #expect(reply.error["message"].text?.contains("smollm2-135m") == true)
    }
}

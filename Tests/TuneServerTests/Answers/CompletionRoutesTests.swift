import Testing
import TuneModel

@testable import TuneServer

struct CompletionRoutesTests {
    private func ask(_ house: TestHouse, _ more: String) async throws -> Reply {
        try await house.post("/v1/completions", #"{"model":"smollm2-135m",\#(more)}"#)
    }

    @Test func aPromptIsContinued() async throws {
        let house = try await TestHouse()
        let reply = try await ask(house, #""prompt":"Once ->""#)
        #expect(reply.json["object"] == "text_completion")
        #expect(reply.json["choices"][0]["text"] == "Hello world")
        #expect(house.models.requests[0].maxTokens == 16)
        #expect(house.models.requests[0].input == .prompt("Once ->"))
    }

    @Test func promptsComeInAllForms() async throws {
        let forms: [(String, [AnswerRequest.Input])] = [
            (#"["a","b"]"#, [.prompt("a"), .prompt("b")]), ("[1,2]", [.tokens([1, 2])]),
            ("[[1],[2,3]]", [.tokens([1]), .tokens([2, 3])]),
        ]
        for (text, inputs) in forms {
            let house = try await TestHouse()
            let reply = try await ask(house, #""prompt":\#(text)"#)
            #expect(reply.json["choices"].list?.count == inputs.count)
            #expect(Set(house.models.requests.map(\.input)) == Set(inputs))
            #expect(reply.json["usage"]["prompt_tokens"] == .integer(5 * inputs.count))
        }
    }

    @Test func theBestOfSeveralIsGiven() async throws {
        let house = try await TestHouse()
        // Of these models a larger seed is less likely.
        let reply = try await ask(house, #""prompt":"a","n":1,"best_of":3,"seed":4"#)
        #expect(reply.json["choices"].list?.count == 1)
        #expect(house.models.requests.count == 3)
        #expect(house.models.requests.allSatisfy { $0.alternatives == 0 })
        #expect(reply.json["choices"][0]["logprobs"] == .null)
        #expect(reply.json["usage"]["completion_tokens"] == .integer(6))
    }

    @Test func logProbabilitiesAreParallelLists() async throws {
        let logs = try await ask(TestHouse(), #""prompt":"ab","logprobs":1"#).json["choices"][0]["logprobs"]
        #expect(logs["tokens"] == .list(["Hello", " world"]))
        #expect(logs["token_logprobs"] == .list([.number(-0.5), .number(-0.5)]))
        #expect(logs["text_offset"] == .list([.integer(2), .integer(7)]))
        #expect(logs["top_logprobs"][1] == .object([(" world", .number(-0.5))]))
    }

    @Test func aStreamHasTheShapeOfTheWhole() async throws {
        let events = try await ask(TestHouse(), #""prompt":"a","stream":true,"logprobs":0"#).events
        #expect(events[0]["object"] == "text_completion")
        #expect(events[0]["choices"][0]["text"] == "Hello")
        #expect(events[0]["choices"][0]["logprobs"]["tokens"] == .list(["Hello"]))
        #expect(events[1]["choices"][0]["logprobs"]["text_offset"] == .list([.integer(6)]))
        #expect(events[2]["choices"][0]["finish_reason"] == "stop")
        #expect(events[3] == "[DONE]")
    }

    @Test func theLegacyAddressNamesTheModel() async throws {
        let house = try await TestHouse()
        let reply = try await house.post("/v1/engines/smollm2-135m/completions", #"{"prompt":"a","echo":true}"#)
        #expect(reply.status == 200)
        #expect(house.models.requests[0].echoesPrompt)
    }

    @Test(arguments: [
        (#""prompt":"a","suffix":"b""#, "suffix"), (#""max_tokens":5"#, "prompt"), (#""prompt":[]"#, "prompt"),
        (#""prompt":[[]]"#, "prompt"), (#""prompt":[1,"a"]"#, "prompt"), (#""prompt":[-1]"#, "prompt"),
        (#""prompt":{}"#, "prompt"), (#""prompt":"a","best_of":1,"n":2"#, "best_of"),
        (#""prompt":"a","best_of":2,"stream":true"#, "best_of"), (#""prompt":"a","logprobs":true"#, "logprobs"),
        (#""prompt":"a","logprobs":21"#, "logprobs"), (#""prompt":"a","max_tokens":-1"#, "max_tokens"),
        (#""prompt":"a","echo":1"#, "echo"), (#""prompt":["a","a","a","a","a"],"n":128"#, "prompt"),
        (#""prompt":[4294967296]"#, "prompt"),
    ])
    func aBadParameterIsToldByItsName(_ parameter: String, _ name: String) async throws {
        let reply = try await ask(TestHouse(), parameter)
        #expect(reply.status == 400, "\(reply.text)")
        #expect(reply.error["param"].text == name, "\(reply.text)")
    }
}

import Foundation
import Testing
import TuneModel

@testable import TuneClient

@Suite struct AnswerTests {
    private func ask(_ stage: Stage, _ request: AnswerRequest) async throws -> ([ChosenToken], String, AnswerSummary?) {
        var tokens: [ChosenToken] = []
        var text = ""
        var summary: AnswerSummary?
        for try await part in stage.client.models.answer(request) {
            switch part {
            case .text(let piece, let chosen):
                text += piece
                tokens += chosen
            case .finished(let end): summary = end
            }
        }
        return (tokens, text, summary)
    }

    private static let chat = AnswerRequest(model: "m", input: .chat([Message(role: "user", content: "Hi")]))

    private static func events(_ lines: String...) -> FaultServer.Served {
        .init(
            headers: ["content-type": "text/event-stream"], body: Array(lines.map { "data: \($0)\n\n" }.joined().utf8))
    }

    @Test func aQuestionIsPutAsTheProtocolHasIt() async throws {
        let stage = try Stage { _, _ in Self.events(#"{"choices":[{"finish_reason":"length"}]}"#, "[DONE]") }
        var request = Self.chat
        request.maxTokens = 9
        request.sampling.temperature = 0
        request.sampling.topP = 0.5
        request.stop = ["\n"]
        request.alternatives = 2
        request.form = .schema(#"{"type":"object"}"#)
        #expect(try await ask(stage, request).2?.finish == .length)
        #expect(
            stage.asked.first?.json.line
                == #"{"model":"m","messages":[{"role":"user","content":"Hi"}],"max_tokens":9,"temperature":0.0,"#
                + #""stream":true,"stream_options":{"include_usage":true},"top_p":0.5,"stop":["\n"],"logprobs":true,"#
                + #""top_logprobs":2,"response_format":{"type":"json_schema","json_schema":{"name":"answer","#
                + #""schema":{"type":"object"}}}}"#)
        await stage.close()
    }

    @Test func tokensComeWithTheirAlternatives() async throws {
        let stage = try Stage { asked, _ in
            asked.path.contains("chat")
                ? Self.events(
                    #"{"choices":[{"delta":{"content":"é"},"logprobs":{"content":[{"token":"é","logprob":-0.5,"bytes":[195,169],"top_logprobs":[{"token":"x","logprob":-1}]}]}}]}"#,
                    "[DONE]")
                : Self.events(
                    #"{"choices":[{"text":"é","logprobs":{"tokens":["bytes:\\xc3","bytes:\\xa9"],"token_logprobs":[null,-0.5],"top_logprobs":[null,{"b":-2,"a":-1}]}}]}"#,
                    "[DONE]")
        }
        let chat = try await ask(stage, Self.chat).0
        #expect(chat.map(\.chosen.bytes) == [[195, 169]])
        #expect(chat[0].chosen.logProbability == -0.5 && chat[0].alternatives.map(\.text) == ["x"])
        let text = try await ask(stage, AnswerRequest(model: "m", input: .prompt("Hi"))).0
        #expect(text.map(\.chosen.bytes) == [[195], [169]])
        #expect(text.map(\.chosen.logProbability) == [nil, -0.5])
        #expect(text[1].alternatives.map(\.text) == ["a", "b"])
        await stage.close()
    }

    @Test func aServiceWithoutStreamsGivesAllAtOnce() async throws {
        let stage = try Stage { _, _ in
            .json(
                #"{"choices":[{"message":{"content":"all"},"finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":1}}}"#
            )
        }
        let (_, text, summary) = try await ask(stage, Self.chat)
        #expect(text == "all")
        #expect(summary?.promptTokens == 2 && summary?.cachedTokens == 1)
        #expect((summary?.tokensPerSecond ?? 0) > 0)
        await stage.close()
    }

    @Test func theNewerNameOfTheLongestAnswerIsUsedWhereItIsWanted() async throws {
        let stage = try Stage { asked, _ in
            asked.json["max_tokens"] == .null
                ? Self.events(#"{"choices":[{"delta":{"content":"yes"}}]}"#, "[DONE]")
                : .json(
                    #"{"error":{"message":"use 'max_completion_tokens' instead","param":"max_tokens"}}"#, status: 400)
        }
        #expect(try await ask(stage, Self.chat).1 == "yes")
        #expect(stage.asked.last?.json["max_completion_tokens"].integer == 128)
        await stage.close()
    }

    @Test func firstLineEndsAreLeftOutWhereItIsWished() async throws {
        let stage = try Stage { _, _ in
            Self.events(
                #"{"choices":[{"text":"\n"}]}"#, #"{"choices":[{"text":"\n\na"}]}"#, #"{"choices":[{"text":"\nb"}]}"#,
                "[DONE]")
        }
        var request = AnswerRequest(model: "m", input: .prompt("Hi"))
        #expect(try await ask(stage, request).1 == "\n\n\na\nb")
        request.skipsFirstLineEnds = true
        #expect(try await ask(stage, request).1 == "a\nb")
        await stage.close()
    }

    @Test func anErrorInTheStreamIsTold() async throws {
        let stage = try Stage { _, _ in
            Self.events(
                #"{"choices":[{"delta":{"content":"a"}}]}"#, #"{"error":{"message":"sk-canary-0123456789 died"}}"#)
        }
        var text = ""
        let told = await fault {
            for try await part in stage.client.models.answer(Self.chat) {
                if case .text(let piece, _) = part { text += piece }
            }
        }
        #expect(text == "a")
        #expect(told == .brokenStream(message: "••• died"))
        await stage.close()
    }

    @Test func anAnswerThatEndsWithoutAnEndIsCutOff() async throws {
        let stage = try Stage { _, _ in Self.events(#"{"choices":[{"delta":{"content":"a"}}]}"#) }
        guard case .cutOff? = await fault({ _ = try await ask(stage, Self.chat) }) else {
            Issue.record("another fault")
            return
        }
        await stage.close()
    }

    @Test func whatIsWithheldIsNoAnswer() async throws {
        let stage = try Stage { _, _ in Self.events(#"{"choices":[{"finish_reason":"content_filter"}]}"#, "[DONE]") }
        #expect(await fault { _ = try await ask(stage, Self.chat) } == .withheld)
        await stage.close()
    }

    @Test func whatNoServiceHasIsRefusedHere() async throws {
        let stage = try Stage { _, _ in .error(500) }
        var request = Self.chat
        request.echoesPrompt = true
        #expect(await fault { _ = try await ask(stage, request) } == .unsupported(part: "echo"))
        request.echoesPrompt = false
        request.stop = ["a", "b", "c", "d", "e"]
        #expect(await fault { _ = try await ask(stage, request) } == .unsupported(part: "stop"))
        #expect(stage.asked.isEmpty)
        await stage.close()
    }
}

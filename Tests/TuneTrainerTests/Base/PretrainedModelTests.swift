import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// Folders and files of base models: what they say, and what is refused; the models are those of `make_families.py`.
struct PretrainedModelTests {
    @Test(arguments: TinyLlama.Source.families) func theSizesAreThoseOfTheFamily(_ source: TinyLlama.Source) throws {
        let model = try PretrainedModel(path: Fixture.path(source.model))
        let config = model.config
        let name = source.fixture.split(separator: "/")[1]
        #expect(
            (config.layers, config.hidden, config.heads, config.keyValueHeads, config.feedForward) == (2, 16, 4, 2, 24))
        #expect(config.headSize == (name == "mistral" || name == "qwen2" ? 4 : 8))
        #expect(config.vocabulary == (name == "qwen2" ? 320 : 48))
        #expect(config.tiesHead == (name == "qwen2" || name == "linear"))
        #expect(config.hasHeadNorms == (name == "qwen3"))
        #expect(config.biased == (name == "linear" ? Set(LoRATarget.allCases) : name == "qwen2" ? [.q, .k, .v] : []))
        #expect(config.ropeDivisors.isEmpty == !["llama3", "linear"].contains(name))
        #expect(config.ropeBase == (name.hasPrefix("qwen") ? 1_000_000 : 10_000))
    }

    /// Within a window, attention through it and attention to everything before are the same.
    @Test func aSlidingWindowCapsTheContext() throws {
        #expect(try PretrainedModel(path: Fixture.path("families/mistral")).config.contextLength == 4_096)
        #expect(try PretrainedModel(path: Fixture.path("families/qwen2")).config.contextLength == 512)
        let folder = try TemporaryFolder(copying: "families/qwen2")
        try folder.change(["sliding_window": 64, "use_sliding_window": true])
        #expect(try PretrainedModel(path: folder.path).config.contextLength == 64)
        try folder.change(["use_sliding_window": false])
        #expect(try PretrainedModel(path: folder.path).config.contextLength == 512)
    }

    @Test func aFolderIsSummedUpLikeAFile() throws {
        let summary = try ModelSummary.read(Fixture.path("families/qwen2"))
        #expect((summary.architecture, summary.quantization) == ("qwen2", "BF16"))
        #expect((summary.vocabulary, summary.layers, summary.hidden, summary.contextLength) == (320, 2, 16, 512))
        #expect(
            summary.parameters == 320 * 16 + 16 + 2 * (2 * 16 + 2 * 16 * 16 + 2 * 16 * 8 + 16 + 8 + 8 + 3 * 16 * 24))
        let names = try PretrainedModel(path: Fixture.path("families/qwen2")).files.map {
            URL(filePath: $0).lastPathComponent
        }
        #expect(
            names.sorted() == [
                "chat_template.jinja", "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json",
            ])
        let parts = try PretrainedModel(path: Fixture.path("families/mistral")).files.count {
            $0.hasSuffix(".safetensors")
        }
        #expect(parts == 3)
    }

    @Test func theFingerprintIsOfTheContent() throws {
        let folder = try TemporaryFolder(copying: "families/qwen2")
        let whole = try PretrainedModel(path: folder.path).fingerprint()
        #expect(try PretrainedModel(path: Fixture.path("families/qwen2")).fingerprint() == whole)
        #expect(try PretrainedModel(path: Fixture.path("families/qwen2.gguf")).fingerprint() != whole)
        let weights = folder.url.appending(path: "model.safetensors")
        var data = try Data(contentsOf: weights)
        data[data.count - 1] ^= 1
        try data.write(to: weights)
        #expect(try PretrainedModel(path: folder.path).fingerprint() != whole)
    }

    /// Keys of the file and what they are set to, with the name that the error must have.
    private static let unknown = [
        (#"{"rope_parameters": {"rope_type": "yarn", "factor": 4, "rope_theta": 10000}}"#, "rope scaling yarn"),
        (#"{"rope_parameters": null, "rope_scaling": {"type": "dynamic", "factor": 2}}"#, "rope scaling dynamic"),
        (#"{"num_local_experts": 8}"#, "a mixture of 8 experts"), (#"{"num_experts": 64}"#, "a mixture of 64 experts"),
        (#"{"attn_logit_softcapping": 50}"#, "attn_logit_softcapping"),
        (#"{"quantization_config": {"quant_method": "gptq"}}"#, "quantization_config gptq"),
        (#"{"hidden_act": "gelu"}"#, "hidden_act gelu"),
        (#"{"partial_rotary_factor": 0.5}"#, "partial_rotary_factor 0.5"),
        (#"{"architectures": ["LlamaForSequenceClassification"]}"#, "LlamaForSequenceClassification"),
        (#"{"layer_types": ["full_attention", "linear_attention"]}"#, "layer type linear_attention"),
        (#"{"num_key_value_heads": 3}"#, "heads 4/3 of 8"),
    ]

    @Test(arguments: unknown) func whatTheTrainerDoesNotDoIsNamed(_ json: String, _ name: String) throws {
        let folder = try TemporaryFolder(copying: "families/llama3")
        let change = try JSONSerialization.jsonObject(with: Data(json.utf8))
        try folder.change(#require(change as? [String: Any]))
        #expect(
            throws: TrainerError.unsupportedFeature(path: "\(folder.path)/config.json", name: name)
        ) { try PretrainedModel(path: folder.path) }
    }

    @Test(arguments: ["phi3", "gemma2", "smollm3", "qwen2_moe", "bert"])
    func anotherFamilyIsNamed(_ name: String) throws {
        let folder = try TemporaryFolder(copying: "families/llama3")
        try folder.change(["model_type": name])
        #expect(throws: TrainerError.unsupportedFamily(path: "\(folder.path)/config.json", name: name)) {
            try PretrainedModel(path: folder.path)
        }
    }

    @Test(arguments: ["hidden_size", "num_hidden_layers", "vocab_size", "max_position_embeddings", "intermediate_size"])
    func aMissingOrSenselessSizeIsNamed(_ key: String) throws {
        let folder = try TemporaryFolder(copying: "families/llama3")
        let path = "\(folder.path)/config.json"
        for (value, expected) in [
            (NSNull(), TrainerError.missingMetadata(path: path, key: key)),
            ("8", .wrongMetadata(path: path, key: key, expected: "integer", found: "string")),
        ] as [(Any, TrainerError)] {
            try folder.change([key: value])
            #expect(throws: expected) { try PretrainedModel(path: folder.path) }
        }
        for value in [0, -1, Int.max] {
            try folder.change([key: value])
            let error = #expect(throws: TrainerError.self) { try PretrainedModel(path: folder.path) }
            guard case .wrongMetadata(path, key, _, "\(value)") = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }

    @Test func tensorsThatAreMissingOrOfAnotherShapeAreNamed() throws {
        let folder = try TemporaryFolder(copying: "families/llama3")
        try folder.change(["num_hidden_layers": 3])
        let missing = TrainerError.missingTensor(path: folder.path, name: "model.layers.2.input_layernorm.weight")
        #expect(throws: missing) { try LlamaWeights(PretrainedModel(path: folder.path)) }
        try folder.change(["num_hidden_layers": 2, "intermediate_size": 25])
        let wrong = TrainerError.wrongShape(
            path: folder.path, name: "model.layers.0.mlp.gate_proj.weight", expected: [25, 16], found: [24, 16])
        #expect(throws: wrong) { try LlamaWeights(PretrainedModel(path: folder.path)) }
        try folder.change(["intermediate_size": 24, "model_type": "qwen3"])
        let norm = TrainerError.missingTensor(path: folder.path, name: "model.layers.0.self_attn.q_norm.weight")
        #expect(throws: norm) { try LlamaWeights(PretrainedModel(path: folder.path)) }
    }

    @Test func aPartThatIsNotInTheFolderIsRefused() throws {
        let folder = try TemporaryFolder(copying: "families/mistral")
        let index = folder.url.appending(path: "model.safetensors.index.json")
        for name in ["../llama3/model.safetensors", "/etc/passwd", ".hidden", ""] {
            try JSONSerialization.data(withJSONObject: ["weight_map": ["a": name]]).write(to: index)
            let error = TrainerError.badShardName(path: "\(folder.path)/model.safetensors.index.json", name: name)
            #expect(throws: error) { try PretrainedModel(path: folder.path) }
        }
        try FileManager.default.removeItem(at: index)
        let reason = "No such file or directory"
        #expect(throws: TrainerError.cannotOpen(path: "\(folder.path)/model.safetensors", reason: reason)) {
            try PretrainedModel(path: folder.path)
        }
        try FileManager.default.removeItem(at: folder.url.appending(path: "config.json"))
        #expect(throws: TrainerError.cannotOpen(path: "\(folder.path)/config.json", reason: reason)) {
            try PretrainedModel(path: folder.path)
        }
    }

    @Test func aTokenizerLargerThanTheEmbeddingIsRefused() throws {
        let folder = try TemporaryFolder(copying: "families/llama3")
        try FileManager.default.copyItem(
            atPath: Fixture.path("families/qwen2/tokenizer.json"), toPath: "\(folder.path)/tokenizer.json")
        #expect(throws: TrainerError.self) { try PretrainedModel(path: folder.path).tokenizer() }
        let model = try PretrainedModel(path: Fixture.path("families/llama3"))
        #expect(throws: TrainerError.self) { try model.tokenizer() }
    }

    /// From a folder alone: records are learned, and the model answers prompts and conversations.
    @Test func aFolderIsTrainedAndAnswers() async throws {
        let model = Fixture.path("families/qwen2")
        let folder = try TemporaryFolder()
        let request = HyperparameterRequest { ($0.epochs, $0.batchSize) = (3, 2) }
        let records: [Record] = [
            .completion(prompt: "What is a fox? ->", completion: " An animal.\n"),
            .chat([Message(role: "user", content: "Hi"), Message(role: "assistant", content: "Hello.")]),
        ]
        let plan = TrainingPlan(
            modelPath: model, modelName: "qwen", training: records,
            hyperparameters: Hyperparameters(request, examples: records.count),
            folder: folder.path, threads: 2)
        var steps = 0
        let end = try TrainingRun(plan: plan).run(
            shouldStop: { nil },
            report: { news in
                guard case .step(let metrics) = news else { return }
                #expect(metrics.trainingLoss.isFinite)
                steps += 1
            })
        #expect((end, steps) == (.finished, 3))

        let engine = try AnswerEngine(modelPath: model, adapterFolder: "\(folder.path)/adapter", threads: 2)
        let inputs: [AnswerRequest.Input] = [.prompt("A fox"), .chat([Message(role: "user", content: "Hi")])]
        for input in inputs {
            var summary: AnswerSummary?
            for try await part in engine.answer(
                AnswerRequest(model: "qwen", input: input, maxTokens: 4, sampling: Sampling(temperature: 0)))
            {
                if case .finished(let found) = part { summary = found }
            }
            #expect((summary?.promptTokens ?? 0) > 0 && (summary?.completionTokens ?? 0) > 0)
        }
    }
}

extension TemporaryFolder {
    /// Changes keys of the folder's `config.json`.
    fileprivate func change(_ keys: [String: Any]) throws {
        let file = url.appending(path: "config.json")
        let data = try Data(contentsOf: file)
        var config = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        config.merge(keys) { $1 }
        try JSONSerialization.data(withJSONObject: config).write(to: file)
    }
}

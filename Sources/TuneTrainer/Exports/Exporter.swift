import Foundation

/// Writes a fine-tuned model for other programs, and compares what was written with what it was made from.
///
/// The story: open base model and adapter, write the format's files into a draft folder, read them back and ask both
/// models the same, write the card, and let the draft take its place.
public struct Exporter {
    public let plan: ExportPlan

    public init(_ plan: ExportPlan) {
        self.plan = plan
    }

    /// Runs to the end on the calling thread. `shouldStop` is asked every few megabytes and after every prompt.
    ///
    /// A written model that answers differently is kept, and the report says so: see `ExportReport.complaint`.
    public func run(
        progress: @escaping (ExportProgress) -> Void = { _ in }, shouldStop: @escaping () -> Bool = { false }
    ) throws(TrainerError) -> ExportReport {
        let start = ContinuousClock.now
        let type = try type()
        let source = try Source(plan)
        let folder = try ExportFolder(plan.folder, overwrites: plan.overwrites)
        do throws(TrainerError) {
            try write(source, type, to: folder.draft) { done, total in
                progress(.writing(done: done, of: total))
                return shouldStop()
            }
            let (parity, probes) = try compare(source, type, in: folder.draft) { done, total in
                progress(.comparing(done: done, of: total))
                return shouldStop()
            }
            let card = ExportCard(
                story: plan.story, format: plan.format, type: type, parity: parity, license: source.license)
            try AtomicFile.write(card.text, to: "\(folder.draft)/README.md")
            let files = folder.files(at: folder.draft)
            try folder.finish()
            return ExportReport(
                folder: folder.target, format: plan.format, type: type, files: files, parity: parity,
                probes: probes, seconds: start.duration(to: .now) / .seconds(1))
        } catch {
            folder.discard()
            // The draft's name is nothing to the person who asked.
            if case .export(_, .stopped) = error { throw .export(path: folder.target, .stopped) }
            throw error
        }
    }

    // MARK: -

    /// What is exported, opened.
    private struct Source {
        let base: PretrainedModel
        let weights: LlamaWeights
        let adapter: Adapter?
        let team: Team

        init(_ plan: ExportPlan) throws(TrainerError) {
            let base = try PretrainedModel(path: plan.modelPath)
            self.base = base
            weights = try LlamaWeights(base)
            adapter = try plan.adapterFolder.map { folder throws(TrainerError) in
                try AdapterFile.read(folder, for: base.config)
            }
            guard adapter != nil || !plan.format.isAdapter else {
                throw .export(path: plan.folder, .noAdapter(plan.format))
            }
            team = Team(size: plan.threads ?? ProcessInfo.processInfo.activeProcessorCount)
        }

        /// As a GGUF file says it; a folder does not.
        var license: String? {
            guard let file = base.ggufFile else { return nil }
            return try? file.metadata.stringIfPresent("general.license")
        }
    }

    private func type() throws(TrainerError) -> TensorType {
        let type = plan.type ?? plan.format.types[0]
        guard plan.format.types.contains(type) else {
            throw .export(path: plan.folder, .typeNotOffered(plan.format, type))
        }
        return type
    }

    /// The main file of the formats for llama.cpp.
    private func ggufName(_ type: TensorType) -> String {
        "\(plan.story.fileName)\(plan.format == .ggufLoRA ? "-lora" : "")-\(type.name.lowercased()).gguf"
    }

    private func write(
        _ source: Source, _ type: TensorType, to folder: String, progress: @escaping (Int, Int) -> Bool
    ) throws(TrainerError) {
        switch plan.format {
        case .peft:
            try PEFTExport.write(plan.adapterFolder!, base: plan.story.hubName ?? plan.story.base, to: folder)
        case .safetensors:
            let model = try MergedModel(source.base, adapter: source.adapter)
            try SafetensorsExport(model: model, type: type)
                .write(to: folder, on: source.team, progress: progress)
        case .gguf:
            let model = try MergedModel(source.base, adapter: source.adapter)
            try GGUFExport(model: model, type: type, story: plan.story)
                .write(to: "\(folder)/\(ggufName(type))", on: source.team, progress: progress)
        case .ggufLoRA:
            try GGUFAdapterFile.write(
                source.adapter!, for: source.base.config, type: type, story: plan.story,
                to: "\(folder)/\(ggufName(type))", on: source.team, progress: progress)
        }
    }

    /// Reads what was written with the reader of its format, and asks both models the same.
    private func compare(
        _ source: Source, _ type: TensorType, in folder: String, progress: (Int, Int) -> Bool
    ) throws(TrainerError) -> (parity: ExportParity, probes: [ExportProbe]) {
        let config = source.base.config
        let check = ParityCheck(
            plan.prompts, tokenizer: try source.base.tokenizer(), contextLength: config.contextLength)
        func model(_ weights: LlamaWeights, _ adapter: Adapter?) -> Llama {
            Llama(weights, adapter: adapter, capacity: check.capacity, team: source.team)
        }
        let written: Llama
        switch plan.format {
        case .peft:
            written = model(source.weights, try AdapterFile.read(folder, for: config))
        case .safetensors:
            written = model(try LlamaWeights(PretrainedModel(path: folder)), nil)
        case .gguf:
            written = model(try LlamaWeights(PretrainedModel(path: "\(folder)/\(ggufName(type))")), nil)
        case .ggufLoRA:
            let adapter = try GGUFAdapterFile.read("\(folder)/\(ggufName(type))", for: config)
            written = model(source.weights, adapter)
        }
        let original = model(source.weights, source.adapter)
        guard let outcome = check.compare(original, with: written, type: type, progress: progress) else {
            throw .export(path: plan.folder, .stopped)
        }
        return outcome
    }
}

extension ExportReport {
    /// The error of an export whose model answers differently from the original, though its type loses next to
    /// nothing; its files are kept.
    public var complaint: TrainerError? {
        parity.isAsExpected || (!parity.mustBeExact && parity.isFinite)
            ? nil : .export(path: folder, .differs(parity))
    }
}

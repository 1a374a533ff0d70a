import Foundation
public import TuneModel

/// How the products with the frozen weights are made while training. Evaluation and answers are always in f32.
public enum TrainingArithmetic: String, CaseIterable, Sendable {
    case float32 = "f32"
    /// Both factors cut to bytes, evened out channel by channel; losses stay within 1 % of f32.
    case int8

    /// The same, but f32 where whole weights are trained: what changes cannot be cut to bytes once and for all.
    func fitting(_ tuning: TuningKind) -> TrainingArithmetic { tuning == .full ? .float32 : self }

    /// The faster one on this CPU.
    public static var fastest: TrainingArithmetic { LlamaBytes.isWorthwhile ? .int8 : .float32 }
}

/// All that a training run is made from.
public struct TrainingPlan: Sendable {
    /// The base model's file or folder.
    public var modelPath: String
    /// The base model's name, kept with the adapter.
    public var modelName: String
    /// An adapter folder to go on from; nil starts from the base model.
    public var startingAdapter: String?
    public var training: [Record]
    /// Held out; empty leaves validation out.
    public var validation: [Record]
    public var hyperparameters: Hyperparameters
    /// The job's folder, in which `checkpoints/` and `adapter/`, or `model/`, are made.
    public var folder: String
    /// Nil takes every core.
    public var threads: Int?
    public var arithmetic: TrainingArithmetic

    var teamSize: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

    public init(
        modelPath: String, modelName: String, startingAdapter: String? = nil, training: [Record],
        validation: [Record] = [], hyperparameters: Hyperparameters, folder: String, threads: Int? = nil,
        arithmetic: TrainingArithmetic = .fastest
    ) {
        self.modelPath = modelPath
        self.modelName = modelName
        self.startingAdapter = startingAdapter
        self.training = training
        self.validation = validation
        self.hyperparameters = hyperparameters
        self.folder = folder
        self.threads = threads
        self.arithmetic = arithmetic
    }
}

/// What a run tells while it goes.
public enum TrainingNews: Sendable {
    case message(Wording, JobEvent.Level)
    /// What was found in the records, once, before the first step.
    case read(TrainingFacts)
    case step(StepMetrics)
    case sample(SampleAnswer)
    /// Of the newest pass over the training records, once at the run's end.
    case recordLosses([RecordLoss])
    /// What was learned is on disk; tokens learned from, repeats included.
    case delivered(Delivery, trainedTokens: Int)
}

/// Why a run is asked to stop before its end.
public enum TrainingStop: Hashable, Sendable {
    case cancel, pause
    /// Deliver what has been learned so far, as if the run had ended here.
    case keep
}

/// How a run ended.
public enum TrainingEnd: Hashable, Sendable {
    /// Something was delivered: after all steps, after an early stop, or when asked to keep what there is.
    case finished
    /// A checkpoint was written; the same plan goes on from it. Never for `keep`.
    case stopped(TrainingStop)
}

public import TuneModel

extension TrainerError {
    public var failureKind: FailureKind {
        if answerFault != nil { return .refused }
        return switch self {
        case .preferenceRecord, .notAPreference, .nothingToTrain, .fullTuningOfAdapter: .refused
        case .memoryLimit, .notEnoughMemory: .busy
        default: .broken
        }
    }

    public var failureCode: String? {
        switch self {
        case .memoryLimit, .notEnoughMemory: "not_enough_memory"
        default: answerFault?.failureCode
        }
    }

    public var failureParameter: String? { answerFault?.failureParameter }
}

public import TuneModel

extension StoreError {
    public var failureKind: FailureKind {
        switch self {
        case .jobNotFound, .jobElsewhere, .jobDeleted, .groupNotFound, .fileNotFound, .modelNotFound,
            .evaluationNotFound:
            .missing
        case .jobNotFinished, .jobFinished, .jobNotPaused, .jobHasModel, .noResults, .noLosses, .nothingLearned,
            .jobNotQueued, .sourceMissing, .sourceUnreadable, .sourceIsFolder, .modelExists, .modelNameUnusable,
            .modelInUse, .modelHasOffspring, .nothingToPull, .serviceNotNamed, .fileNotUploaded, .serviceCannot:
            .refused
        case .databaseBusy, .downloadFailed, .jobBeingSent, .jobUncertain: .busy
        case .noHome, .notWritable, .diskFull, .tooLittleRoom, .databaseDamaged, .databaseNewer, .databaseFailed,
            .evaluationUnreadable, .modelFileMissing, .pythonMissing, .pipMissing, .downloadLacks, .wrongHash,
            .workerRunning, .workerCannotStart, .workerKeepsDying:
            .broken
        }
    }

    public var failureCode: String? {
        switch self {
        case .modelNotFound: "model_not_found"
        case .fileNotFound: "file_not_found"
        case .jobNotFound, .jobElsewhere, .jobDeleted: "fine_tune_not_found"
        case .modelFileMissing: "model_file_missing"
        case .diskFull, .tooLittleRoom: "disk_full"
        case .workerCannotStart, .workerKeepsDying: "worker_lost"
        case .modelInUse, .modelHasOffspring: "model_in_use"
        default: nil
        }
    }

    public var failureParameter: String? {
        switch self {
        case .modelNotFound: "model"
        case .jobNotFound, .jobElsewhere, .jobDeleted: "fine_tune_id"
        case .fileNotFound: "file_id"
        default: nil
        }
    }
}

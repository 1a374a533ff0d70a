public import TuneModel

extension StoreError {
    public var exitStatus: ExitStatus {
        switch self {
        case .downloadFailed, .jobUncertain: .network
        case .serviceNotNamed, .jobNotFound, .groupNotFound, .fileNotFound, .nothingToPull, .modelNameUnusable,
            .evaluationNotFound:
            .usage
        case .fileNotUploaded, .sourceMissing, .sourceUnreadable, .sourceIsFolder, .modelNotFound, .modelFileMissing,
            .wrongHash,
            .downloadLacks, .evaluationUnreadable:
            .badData
        case .noHome, .notWritable, .diskFull, .tooLittleRoom, .databaseDamaged, .databaseNewer, .databaseBusy,
            .databaseFailed, .jobNotFinished, .jobFinished, .jobNotPaused, .jobHasModel, .jobDeleted, .noResults,
            .noLosses, .nothingLearned, .jobNotQueued, .modelExists, .modelInUse, .modelHasOffspring, .pythonMissing,
            .pipMissing, .workerRunning, .workerCannotStart, .workerKeepsDying, .jobElsewhere, .jobBeingSent,
            .serviceCannot:
            .failed
        }
    }

    public var explanation: Explanation {
        switch self {
        case .noHome, .notWritable, .diskFull, .tooLittleRoom, .databaseDamaged, .databaseNewer, .databaseBusy,
            .databaseFailed:
            workspaceExplanation
        case .jobNotFound, .jobNotFinished, .jobFinished, .jobNotPaused, .jobHasModel, .jobDeleted, .noResults,
            .noLosses, .nothingLearned, .jobNotQueued, .groupNotFound, .workerRunning, .workerCannotStart,
            .workerKeepsDying:
            jobExplanation
        case .jobElsewhere, .serviceNotNamed, .fileNotUploaded, .jobBeingSent, .jobUncertain, .serviceCannot:
            remoteExplanation
        case .fileNotFound, .sourceMissing, .sourceUnreadable, .sourceIsFolder, .evaluationNotFound,
            .evaluationUnreadable:
            fileExplanation
        case .modelNotFound, .modelExists, .modelNameUnusable, .modelInUse, .modelHasOffspring, .modelFileMissing,
            .nothingToPull, .pythonMissing, .pipMissing, .downloadFailed, .downloadLacks, .wrongHash:
            modelExplanation
        }
    }
}

extension StoreError {
    /// Bytes as a person reads them: `98 MB`.
    static func size(_ bytes: Int64) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var value = Double(bytes)
        var unit = 0
        while value >= 1000, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        let isWhole = unit == 0 || value >= 10
        return (isWhole ? "\(Int(value.rounded()))" : "\((value * 10).rounded() / 10)") + " " + units[unit]
    }
}

extension PreparePlan {
    func outcome(names: PreparedNames, isConverted: Bool, share: Double) -> PrepareOutcome {
        let records = count(after: repairs)
        let task = task(records: records)
        let apart = PrepareOutcome.parts(of: records, share: share)
        let isSetApart = apart != nil && !isClasses(task) && isAccepted(.setApart)
        let isSplit = isSplit(task) || isSetApart
        let isChanged = isChanged(isConverted)
        let parts = isSetApart ? apart : isSplit ? Split.parts(of: records) : nil
        let isWritten = (isChanged || isSplit) && records > 0
        return PrepareOutcome(
            task: task, recordsRead: survey.rows, records: records, isChanged: isWritten,
            files: !isWritten ? [] : isSplit ? [names.training, names.validation] : [names.single],
            fileRecords: !isWritten ? [] : parts.map { [$0.training, $0.validation] } ?? [records], share: share,
            isSetApart: isSetApart, separator: separator, ending: isClasses(task) ? nil : ending)
    }

    /// What the records teach once they are repaired.
    private func task(records: Int) -> PrepareOutcome.Task {
        if survey.task == .openEnded { return .openEnded }
        guard let classes = survey.classes else { return .conditional }
        let distinct = classes.distinct(after: repairs)
        return distinct * 3 < records ? .classification(classes: distinct) : .conditional
    }

    private func isClasses(_ task: PrepareOutcome.Task) -> Bool {
        if case .classification = task { true } else { false }
    }

    private func isSplit(_ task: PrepareOutcome.Task) -> Bool { isClasses(task) && isAccepted(.split) }

    /// Whether the prepared file differs from the file itself.
    private func isChanged(_ isConverted: Bool) -> Bool {
        let isConverted =
            isConverted || !survey.otherKeys.isEmpty || survey.promptKey != Array("prompt".utf8)
            || survey.completionKey != Array("completion".utf8) || survey.usable < survey.rows
            || survey.converted.count > 0 || survey.hasNoPrompts
        return isConverted || survey.isCleaned || Questionnaire.isAnythingRepaired(self)
    }

    private var separator: String? {
        let mark = repairs.separator.isEmpty ? survey.promptSuffix : repairs.separator
        return mark.isEmpty || survey.task == .openEnded ? nil : String(decoding: mark, as: UTF8.self)
    }

    private var ending: String? {
        let mark = repairs.ending.isEmpty ? survey.completionSuffix : repairs.ending
        return mark.isEmpty ? nil : String(decoding: mark, as: UTF8.self)
    }
}

extension PrepareOutcome {
    /// A file that is fine as it is, or of which nothing is known yet.
    static func unchanged(_ records: Int) -> PrepareOutcome {
        PrepareOutcome(
            task: .conditional, recordsRead: records, records: records, isChanged: false, files: [], fileRecords: [],
            share: 0, isSetApart: false, separator: nil, ending: nil)
    }
}

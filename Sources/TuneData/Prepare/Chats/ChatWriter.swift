/// Writes prepared conversations or preferences, line for line: what no repair touches stays as it is, byte for byte.
struct ChatWriter {
    let dataset: Dataset
    let plan: ChatPlan

    /// Returns the records written into each file; all go into the first where there is no second.
    func write(
        training: PendingFile, validation: PendingFile?, choosing chosen: RowSet?, work: DataWork
    ) throws(DataError) -> (training: Int, validation: Int) {
        let repairs = plan.repairs
        var counts = (training: 0, validation: 0)
        try dataset.walk(work: work) { line, row throws(DataError) in
            guard !isLeftOut(row) else { return true }
            let raw = line.isCut ? nil : try? JSONValue(line.bytes)
            let value = raw.flatMap { plan.survey.layout.standard($0) }
            let repaired = value.map { repairs.apply(to: $0) }
            if plan.isAccepted(.removeUntrainable), !(repaired.map(ChatSurveyor.isTrainable) ?? false) { return true }
            let isApart = chosen?.contains(row) ?? false
            let file = isApart ? validation ?? training : training
            if line.isCut {
                try file.copy(line.content, of: line.file)
            } else if let repaired, repaired != raw {
                try file.write(repaired.json)
            } else {
                try file.write(line.bytes)
            }
            try file.write([0x0a])
            if isApart { counts.validation += 1 } else { counts.training += 1 }
            return true
        }
        return counts
    }

    private func isLeftOut(_ row: Int) -> Bool {
        let survey = plan.survey
        if plan.isAccepted(.removeDuplicates), survey.duplicates.contains(row) { return true }
        if plan.isAccepted(.removeNear), survey.near.contains(row) { return true }
        if plan.isAccepted(.removeTooLong), survey.tooLong.contains(row) { return true }
        return plan.isAccepted(.removeEqualAnswers) && survey.equalAnswers.contains(row)
    }
}

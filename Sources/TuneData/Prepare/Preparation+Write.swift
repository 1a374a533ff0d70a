extension Preparation {
    /// Writes what the answers say, and a recipe beside it; the file itself is not touched. On failure nothing is left
    /// behind.
    ///
    /// Where the outcome changes nothing, or `write` was answered with no, nothing is written.
    public func write(work: DataWork = .quiet) throws(DataError) -> PreparedFiles {
        guard outcome.isChanged, answers[.write] ?? true else {
            return PreparedFiles(
                training: dataset.path, validation: nil, recipe: nil, trainingRecords: dataset.count,
                validationRecords: 0, isWritten: false)
        }
        guard dataset.isCurrent else { throw .changedMeanwhile(file: dataset.path) }
        let chosen = try choice(work: work.stretch(0...0.3))
        while true {
            // Names are chosen anew each time: one that was free may be taken when the file is done.
            let names = PreparedNames(for: dataset.path)
            if let files = try write(as: names, choosing: chosen, work: work.stretch(0.3...1)) { return files }
        }
    }

    /// The rows to set apart in groups; nil when there are none to.
    private func choice(work: DataWork) throws(DataError) -> RowSet? {
        guard outcome.isSetApart, let parts = PrepareOutcome.parts(of: dataset.count, share: options.share) else {
            return nil
        }
        return try RowChoice(dataset: dataset, seed: options.seed)
            .byGroup(parts.validation, near: options.check?.near, work: work)
    }

    /// nil when a name was taken meanwhile.
    private func write(
        as names: PreparedNames, choosing chosen: RowSet?, work: DataWork
    ) throws(DataError) -> PreparedFiles? {
        let isSplit = outcome.files.count == 2
        // What is lost with the power can be made again from the file that was read: nobody waits for the disk here.
        let training = try PendingFile(for: isSplit ? names.training : names.single, waitsForDisk: false)
        let validation = isSplit ? try PendingFile(for: names.validation, waitsForDisk: false) : nil
        let recipe = try PendingFile(
            for: PreparedNames.recipe(for: training.path, isSplit: isSplit), waitsForDisk: false)
        let fingerprint = Fingerprint(of: dataset.original, isCancelled: work.isCancelled)
        let counts = try write(training: training, validation: validation, choosing: chosen, work: work)
        if chosen != nil, counts.validation == 0 || counts.training == 0 {
            throw .noSmallGroup(file: dataset.path, count: outcome.fileRecords.last ?? 0)
        }
        try validation?.flush()
        try training.flush()
        let text = try Recipe(of: self, training: training.path, validation: validation?.path, counts: counts)
            .text(fingerprint: fingerprint.text())
        try recipe.write(Array(text.utf8))
        try recipe.flush()
        // What was read must be what stands there now, or the recipe would tell of another file.
        guard dataset.isCurrent else { throw .changedMeanwhile(file: dataset.path) }

        do throws(DataError) {
            try PendingFile.publish([training, validation].compactMap { $0 })
        } catch {
            guard case .nameTaken = error else { throw error }
            return nil
        }
        do throws(DataError) {
            try recipe.replace()
        } catch {
            for file in [training, validation] { file?.withdraw() }
            throw error
        }
        return PreparedFiles(
            training: training.path, validation: validation?.path, recipe: recipe.path,
            trainingRecords: counts.training, validationRecords: counts.validation, isWritten: true)
    }

    private func write(
        training: PendingFile, validation: PendingFile?, choosing chosen: RowSet?, work: DataWork
    ) throws(DataError) -> (training: Int, validation: Int) {
        switch subject {
        case .chats(let survey):
            let writer = ChatWriter(dataset: dataset, plan: ChatPlan(survey: survey, answers: answers))
            return try writer.write(training: training, validation: validation, choosing: chosen, work: work)
        case .pairs(let surveys):
            let plan = PreparePlan(surveys, answers: answers)
            let writer = PrepareWriter(
                dataset: dataset, survey: plan.survey, close: surveys.close, repairs: plan.repairs)
            guard let validation else { return (try writer.write(to: training, work: work), 0) }
            guard let chosen else { return try writer.write(training: training, validation: validation, work: work) }
            return try writer.write(training: training, validation: validation, choosing: chosen, work: work)
        }
    }
}

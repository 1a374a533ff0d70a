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
        while true {
            // Names are chosen anew each time: one that was free may be taken when the file is done.
            if let files = try write(as: PreparedNames(for: dataset.path), work: work) { return files }
        }
    }

    /// nil when a name was taken meanwhile.
    private func write(as names: PreparedNames, work: DataWork) throws(DataError) -> PreparedFiles? {
        let isSplit = outcome.files.count == 2
        let training = try PendingFile(for: isSplit ? names.training : names.single)
        let validation = isSplit ? try PendingFile(for: names.validation) : nil
        let recipe = try PendingFile(for: PreparedNames.recipe(for: training.path, isSplit: isSplit))
        let fingerprint = Fingerprint(of: dataset.original, isCancelled: work.isCancelled)
        let writer = PrepareWriter(
            dataset: dataset, survey: survey, repairs: PreparePlan(surveys, answers: answers).repairs)

        var counts = (training: 0, validation: 0)
        if let validation {
            counts = try writer.write(training: training, validation: validation, work: work)
            try validation.sync()
        } else {
            counts.training = try writer.write(to: training, work: work)
        }
        try training.sync()
        let text = try Recipe(of: self, training: training.path, validation: validation?.path, counts: counts)
            .text(fingerprint: fingerprint.text())
        try recipe.write(Array(text.utf8))
        try recipe.sync()
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
}

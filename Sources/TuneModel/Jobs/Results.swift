/// The results file of a job: one CSV row a step.
public enum Results {
    public static let header =
        "step,elapsed_tokens,elapsed_examples,training_loss,training_sequence_accuracy,training_token_accuracy"
    public static let validationHeader = "validation_loss,validation_sequence_accuracy,validation_token_accuracy"

    /// The whole file; validation columns exist only when a validation file was given, blank on steps not validated. A cell
    /// is blank, too, where whoever ran the job did not tell its figure.
    public static func csv(_ steps: [StepMetrics], withValidation: Bool) -> String {
        var lines = [withValidation ? "\(header),\(validationHeader)" : header]
        for step in steps {
            func cell<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "" }
            var cells = [
                "\(step.step)", cell(step.elapsedTokens), cell(step.elapsedExamples), "\(step.trainingLoss)",
                cell(step.trainingSequenceAccuracy), cell(step.trainingTokenAccuracy),
            ]
            if withValidation {
                cells += [step.validationLoss, step.validationSequenceAccuracy, step.validationTokenAccuracy].map(cell)
            }
            lines.append(cells.joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

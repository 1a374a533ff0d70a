import TuneModel

/// How a run did on each training record when it last learned from it, in a few bytes a record.
///
/// Counts are kept as Float, which holds them exactly up to 2²⁴.
struct RecordLosses {
    /// Mean loss over the completion tokens, how many there are, how many were right, and the update that saw them,
    /// counted from 1. (1, records) each; an update of 0 is a record not yet met.
    let loss: Matrix
    let tokens: Matrix
    let right: Matrix
    let step: Matrix

    init(records: Int) {
        loss = Matrix(zeros: 1, records)
        tokens = Matrix(zeros: 1, records)
        right = Matrix(zeros: 1, records)
        step = Matrix(zeros: 1, records)
    }

    var byteCount: Int { 4 * (loss.count + tokens.count + right.count + step.count) }

    func absorb(_ outcomes: [ExampleOutcome], step: Int) {
        for outcome in outcomes {
            loss.base[outcome.row] = Float(outcome.loss)
            tokens.base[outcome.row] = Float(outcome.tokens)
            right.base[outcome.row] = Float(outcome.rightTokens)
            self.step.base[outcome.row] = Float(step)
        }
    }

    /// Of the records that were met and have something to learn, in the file's order.
    var all: [RecordLoss] {
        (0..<loss.count).filter { step.base[$0] > 0 && tokens.base[$0] > 0 }.map { row in
            RecordLoss(
                record: row, loss: Double(loss.base[row]), tokens: Int(tokens.base[row]),
                right: Int(right.base[row]), step: Int(step.base[row]))
        }
    }
}

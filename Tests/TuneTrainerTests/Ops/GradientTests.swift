import Testing

@testable import TuneTrainer

struct GradientTests {
    @Test(arguments: GradientCase.all) func matchesFiniteDifferences(_ op: GradientCase) {
        let error = op.worstRelativeError()
        #expect(error < op.tolerance, "\(op.name): \(error)")
    }

    /// A check that cannot see a wrong gradient proves nothing.
    @Test func theCheckSeesAGradientThatIsOnePercentOff() {
        let op = GradientCase.all[0]
        let wrong = GradientCase(
            name: "wrong", epsilon: op.epsilon, tolerance: op.tolerance, inputs: op.inputs, outputs: op.outputs,
            forward: op.forward, backward: { inputs, dy in op.backward(inputs, dy).map { $0.map { $0 * 1.01 } } })
        #expect(wrong.worstRelativeError() > op.tolerance)
    }
}

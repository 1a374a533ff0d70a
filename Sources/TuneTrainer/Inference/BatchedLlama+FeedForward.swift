import CKernels

extension BatchedLlama {
    /// silu(gate(x)) ⊙ up(x), a few strips at a time and at once in the form that the last layer reads.
    func feedForward(_ block: ServedBlock, _ input: StepInput, _ plan: StepPlan, _ member: Int) {
        let (rows, strips) = (plan.rows, share(block.gate, member))
        let keepsFloats = self.strips == nil || !plan.runs.isEmpty
        let (gate, up) = (memory.groups.row(3 * member), memory.groups.row(3 * member + 1))
        let product = memory.groups.row(3 * member + 2)
        for first in stride(from: strips.lowerBound, to: strips.upperBound, by: StepMemory.group(rows)) {
            let group = first..<min(first + StepMemory.group(rows), strips.upperBound)
            let column = first * StripMatrix.strip
            let width = min(group.upperBound * StripMatrix.strip, config.feedForward) - column
            multiply(block.gate, group, input, 0, rows: rows, into: gate, stride: width, plan.runs, member)
            multiply(block.up, group, input, 1, rows: rows, into: up, stride: width, plan.runs, member)
            tk_swiglu(product, gate, up, rows * width)
            if self.strips != nil {
                memory.product.cut.cut(
                    from: first, of: product, width: width, stride: width, rows: rows,
                    isWide: block.down.isWide)
            }
            guard keepsFloats else { continue }
            for t in 0..<rows {
                (memory.product.floats.row(t) + column).update(from: product + t * width, count: width)
            }
        }
        guard !plan.runs.isEmpty else { return }
        team.meet()
        let whole = memory.product.floats[rows: 0..<rows]
        for run in plan.runs {
            let rows = run.rows.clamped(to: team.share(rows, of: member))
            multiplyInner(whole, rows, run.adapter, [block.down], memory.product)
        }
    }

    func predict(_ plan: StepPlan, _ member: Int) {
        let count = plan.wanted.count
        guard count > 0 else { return }
        let ends = memory.ends[rows: 0..<count]
        for i in team.share(count, of: member) {
            ends.row(i).update(from: memory.x.row(plan.wanted[i]), count: config.hidden)
        }
        team.meet()
        let input = count <= StepMemory.ownRows ? memory.own[member].channels : memory.shared.channels
        normalize(ends, weights.finalNorm, into: input, [head], [], member)
        multiply(head, share(head, member), input, 0, into: memory.logits[rows: 0..<count], [], member)
    }
}

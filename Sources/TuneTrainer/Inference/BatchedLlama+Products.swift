import CKernels

extension BatchedLlama {
    /// Some strips of a layer's outputs for all rows, with adapters, bias and what is added.   y, added: (rows, out)
    func multiply(
        _ linear: ServedLinear, _ strips: Range<Int>, _ input: StepInput, _ place: Int, into y: Matrix,
        adding added: Matrix? = nil, _ runs: [StepPlan.AdapterRun], _ member: Int
    ) {
        let column = strips.lowerBound * StripMatrix.strip
        multiply(
            linear, strips, input, place, rows: y.rows, into: y.base + column, stride: y.columns,
            adding: added.map { UnsafePointer($0.base + column) }, runs, member)
    }

    /// The same where `y` is the place of the first of these outputs; `place` is the layer's among those that read the
    /// input.
    func multiply(
        _ linear: ServedLinear, _ strips: Range<Int>, _ input: StepInput, _ place: Int, rows: Int,
        into y: UnsafeMutablePointer<Float>, stride: Int, adding added: UnsafePointer<Float>? = nil,
        _ runs: [StepPlan.AdapterRun], _ member: Int
    ) {
        let first = strips.lowerBound * StripMatrix.strip
        let width = min(strips.upperBound * StripMatrix.strip, linear.outputs) - first
        guard width > 0 else { return }
        if let weight = linear.strips {
            input.cut.multiply(
                weight, strips, rows: 0..<rows, isWide: linear.isWide, into: y, stride: stride, adding: added,
                spread: memory.spread[member].base)
        } else {
            multiplyExactly(
                linear.weight, strips, input.floats[rows: 0..<rows], into: y, stride: stride, adding: added,
                written: memory.written.row(member))
        }
        for run in runs {
            guard let pair = run.adapter.pair(linear.layer, linear.target) else { continue }
            let (row, h) = (run.rows.lowerBound, input.inner[place])
            tk_add_thin(
                y + row * stride, stride, h.row(row), h.columns, pair.outer.base + first, pair.outer.columns,
                run.rows.count, pair.outer.rows, width)
        }
        if let bias = linear.bias {
            for t in 0..<rows { tk_add(y + t * stride, bias.base + first, width) }
        }
    }
}

import CKernels

extension BatchedLlama {
    /// q, k and v; rotated and, of k and v, kept.
    func queriesKeysValues(_ block: ServedBlock, _ input: StepInput, _ plan: StepPlan, _ member: Int) {
        let projections: [(linear: ServedLinear, heads: Int, y: Matrix)] = [
            (block.q, config.heads, memory.q), (block.k, config.keyValueHeads, memory.k),
            (block.v, config.keyValueHeads, memory.v),
        ]
        let headCounts = projections.map(\.heads)
        let isWhole = config.headSize % StripMatrix.strip == 0
        // Whoever makes a head of whole strips finishes it at once.
        let counts = isWhole ? headCounts : projections.map(\.linear.stripCount)
        let perItem = isWhole ? config.headSize / StripMatrix.strip : 1
        for (place, items) in team.share(counts, of: member) {
            let (linear, _, y) = projections[place]
            multiply(
                linear, items.lowerBound * perItem..<items.upperBound * perItem, input, place,
                into: y[rows: 0..<plan.rows], plan.runs, member)
            if isWhole { for head in items { finish(block, linear, head, y, plan, member) } }
        }
        guard !isWhole else { return }
        team.meet()
        for (place, heads) in team.share(headCounts, of: member) {
            let (linear, _, y) = projections[place]
            for head in heads { finish(block, linear, head, y, plan, member) }
        }
    }

    /// Normalizes and rotates a head of queries or keys; keeps one of keys or values.
    private func finish(
        _ block: ServedBlock, _ linear: ServedLinear, _ head: Int, _ y: Matrix, _ plan: StepPlan, _ member: Int
    ) {
        let size = config.headSize
        let base = y.base + head * size
        if linear !== block.v {
            if let norm = linear === block.q ? block.queryNorm : block.keyNorm {
                let (copy, r) = (memory.head.row(2 * member), memory.head.row(2 * member + 1))
                for t in 0..<plan.rows {
                    copy.update(from: base + t * y.columns, count: size)
                    tk_rms_norm(base + t * y.columns, r, copy, norm.base, 1, size, config.normEpsilon)
                }
            }
            tk_turn_head(
                base, y.columns, plan.positions, rope.cosines.base, rope.sines.base, plan.rows, size)
        }
        guard linear !== block.q else { return }
        let isKey = linear === block.k
        let place = isKey ? layout.keys(linear.layer, head: head) : layout.values(linear.layer, head: head)
        for t in 0..<plan.rows {
            let (target, from) = (plan.blocks[t] + place, base + t * y.columns)
            if isKey {
                tk_keep_key(target, from, size, plan.slots[t])
            } else {
                tk_keep_value(target, from, size, plan.slots[t])
            }
        }
    }

    func attend(_ layer: Int, _ plan: StepPlan, _ member: Int) {
        let (q, o) = (memory.q, memory.shared.heads.floats)
        // Dealt out in turns, since later rows of a prompt see more.
        for index in stride(from: member, to: plan.items.count, by: team.size) {
            let item = plan.items[index]
            let column = (item.keyHead * heads.perKey + item.heads.lowerBound) * heads.size
            plan.parts[item.part].cache.starts.withUnsafeBufferPointer { starts in
                var task = tk_cached_attention(
                    o: o.row(item.rows.lowerBound) + column, o_stride: o.columns,
                    q: q.row(item.rows.lowerBound) + column, q_stride: q.columns, blocks: starts.baseAddress,
                    keys: layout.keys(layer, head: item.keyHead), values: layout.values(layer, head: item.keyHead),
                    rows: item.rows.count, heads: item.heads.count, size: heads.size, first: item.first,
                    scale: heads.scale)
                tk_attend(&task, floatLevel)
            }
        }
    }
}

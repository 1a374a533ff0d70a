import CKernels
import Foundation

/// Memory for the head's work in bytes: no logit outlives its tile, only e^(logit − the tile's top) does, as a byte.
struct HeadTiles {
    /// Tokens of the vocabulary in a tile: whole panels, so few that a tile of logits stays in a core's cache.
    static let tokens = 16 * Int8Matrix.panel
    let count: Int
    /// (members, 128, tokens)
    fileprivate let logits: Matrix
    /// (tiles, 128, tokens)
    fileprivate let bytes: Buffer<UInt8>
    /// Per tile and row: what a byte is worth, the largest logit and where, Σ e^(logit − largest). (tiles, 128)
    fileprivate let scales: Matrix
    fileprivate let tops: Matrix
    fileprivate let sums: Matrix
    fileprivate let best: Buffer<Int32>
    /// The target's logit. (128)
    fileprivate let chosen: Matrix
    /// The final norm's output in bytes. (128, C)
    fileprivate let int8: Int8Scratch
    /// A tile's bytes turned to its panels of channels, for each member.
    fileprivate let turned: Buffer<Int8>
    /// The target's weights. (members, C)
    fileprivate let target: Matrix

    init(config: LlamaConfig, members: Int) {
        count = (config.vocabulary + Self.tokens - 1) / Self.tokens
        logits = Matrix(zeros: members * HeadScratch.rows, Self.tokens)
        bytes = Buffer(zeros: count * HeadScratch.rows * Self.tokens)
        scales = Matrix(zeros: count, HeadScratch.rows)
        tops = Matrix(zeros: count, HeadScratch.rows)
        sums = Matrix(zeros: count, HeadScratch.rows)
        best = Buffer(zeros: count * HeadScratch.rows)
        chosen = Matrix(zeros: 1, HeadScratch.rows)
        int8 = Int8Scratch(rows: HeadScratch.rows, side: config.hidden, members: 0)
        turned = Buffer(zeros: members * Self.tokens * Int8Matrix.panel)
        target = Matrix(zeros: members, config.hidden)
    }

    fileprivate func tokens(of tile: Int, _ vocabulary: Int) -> Range<Int> {
        tile * Self.tokens..<min((tile + 1) * Self.tokens, vocabulary)
    }

    fileprivate func bytes(of tile: Int) -> UnsafeMutablePointer<UInt8> {
        bytes.base + tile * HeadScratch.rows * Self.tokens
    }
}

extension Llama {
    /// Loss and argmax of some predicted tokens from the final norm's output, and with weights the gradient of that.
    ///
    ///     logits = n·Wᵀ,  loss = ln Σ e^logits − logits[target],  dn = weight·(softmax·W − W[target])
    ///
    /// `targets` and `weights` are of these rows. normed, dnormed: (N, C)
    func predictInBytes(
        _ head: Int8Matrix, normed: Matrix, dnormed: Matrix, targets: ArraySlice<Int32>, weights: ArraySlice<Float>?,
        loss: UnsafeMutablePointer<Float>, best: UnsafeMutablePointer<Int32>, tiles: HeadTiles
    ) {
        let rows = normed.rows
        team.split(rows, grain: 8) { tiles.int8.cut(normed, $0, times: head.smoothing.inverses) }
        team.split(tiles.count) { range, member in
            for tile in range { forward(tile, head, rows: rows, targets, tiles, member) }
        }
        combine(rows: rows, weights, loss: loss, best: best, tiles)
        guard let weights else { return }
        let panels = Int8Matrix.wholePanels(config.hidden) / Int8Matrix.panel
        team.split(panels) { range, member in
            for panel in range { backward(panel, head, dnormed, tiles, member) }
        }
        team.split(rows, grain: 8) { range, member in
            for row in range {
                let (weight, target) = (weights[weights.startIndex + row], tiles.target.row(member))
                let token = Int(targets[targets.startIndex + row])
                self.weights.head.dequantize(token..<token + 1, into: target)
                for i in 0..<config.hidden { dnormed.row(row)[i] -= weight * target[i] }
            }
        }
    }

    /// One tile's logits, and what is kept of them.
    private func forward(
        _ tile: Int, _ head: Int8Matrix, rows: Int, _ targets: ArraySlice<Int32>, _ tiles: HeadTiles, _ member: Int
    ) {
        let tokens = tiles.tokens(of: tile, config.vocabulary)
        let logits = tiles.logits.row(member * HeadScratch.rows)
        for first in stride(from: tokens.lowerBound, to: tokens.upperBound, by: Int8Matrix.panel) {
            tiles.int8.multiply(
                0..<rows, into: logits + (first - tokens.lowerBound), stride: HeadTiles.tokens,
                columns: first..<min(first + Int8Matrix.panel, tokens.upperBound), head)
        }
        for row in 0..<rows {
            let target = Int(targets[targets.startIndex + row])
            guard tokens.contains(target) else { continue }
            tiles.chosen.base[row] = logits[row * HeadTiles.tokens + target - tokens.lowerBound]
        }
        tk_cut_softmax(
            tiles.bytes(of: tile), HeadTiles.tokens, tiles.scales.row(tile), tiles.tops.row(tile),
            tiles.sums.row(tile), tiles.best.base + tile * HeadScratch.rows, logits, HeadTiles.tokens,
            head.scales.base + tokens.lowerBound, rows, tokens.count)
    }

    /// The rows' losses from their tiles, and what each tile's bytes are worth in the gradient.
    private func combine(
        rows: Int, _ weights: ArraySlice<Float>?, loss: UnsafeMutablePointer<Float>,
        best: UnsafeMutablePointer<Int32>, _ tiles: HeadTiles
    ) {
        for row in 0..<rows {
            var (top, tileOfTop, sum) = (tiles.tops.row(0)[row], 0, Float(0))
            for tile in 1..<max(1, tiles.count) where tiles.tops.row(tile)[row] > top {
                (top, tileOfTop) = (tiles.tops.row(tile)[row], tile)
            }
            for tile in 0..<tiles.count { sum += tiles.sums.row(tile)[row] * expf(tiles.tops.row(tile)[row] - top) }
            loss[row] = logf(sum) + top - tiles.chosen.base[row]
            best[row] =
                Int32(tileOfTop * HeadTiles.tokens) + tiles.best.base[tileOfTop * HeadScratch.rows + row]
            guard let weights else { continue }
            let weight = weights[weights.startIndex + row] / sum
            for tile in 0..<tiles.count {
                tiles.scales.row(tile)[row] *= weight * expf(tiles.tops.row(tile)[row] - top)
            }
        }
    }

    /// dn = Σ over the tiles of bytes·W, for one panel of channels.
    private func backward(_ panel: Int, _ head: Int8Matrix, _ dnormed: Matrix, _ tiles: HeadTiles, _ member: Int) {
        let first = panel * Int8Matrix.panel
        let turned = tiles.turned.base + member * HeadTiles.tokens * Int8Matrix.panel
        let y = dnormed.base + first
        for tile in 0..<tiles.count {
            let tokens = tiles.tokens(of: tile, config.vocabulary)
            tk_turn_panels(turned, head.panels.base, head.paddedColumns, first, tokens.lowerBound, tokens.count)
            var task = tk_byte_product(
                y: y, y_stride: dnormed.columns, added: tile == 0 ? nil : UnsafePointer(y), x: tiles.bytes(of: tile),
                x_stride: HeadTiles.tokens, panel: turned, starts: noStarts.base,
                column_scales: head.smoothing.inverses.base + first, row_scales: tiles.scales.row(tile), inner: nil,
                thin: nil, thin_stride: 0, rank: 0, rows: dnormed.rows,
                columns: min(Int8Matrix.panel, config.hidden - first), inputs: tokens.count)
            tk_multiply_bytes(&task, byteLevel)
        }
    }
}

/// Bytes without a sign stand for themselves.
private let noStarts = Buffer<Int32>(zeros: Int8Matrix.panel)

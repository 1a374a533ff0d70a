import ArgumentParser
import Foundation
import TuneData
import TuneModel

/// From when on two records are nearly the same.
struct NearArgument: ParsableArguments {
    @Option(
        help: help(
            "How much of their text two records need in common to be told as nearly the same, 0.5 to 1; 0 looks for none. 0.85 when left out.",
            "两条记录相同到多少算近似重复，0.5 到 1；0 表示不查找。省略时为 0.85。", name: "share"))
    var near: Double?

    var threshold: Double? { (near ?? NearDuplicates.standardThreshold).nonZero }

    func check() throws {
        guard let near, near != 0 else { return }
        guard NearDuplicates.thresholds.contains(near) else {
            throw usage("--near is between 0.5 and 1, or 0.", "--near 应在 0.5 与 1 之间，或为 0。")
        }
    }
}

/// The base model whose tokens are counted.
struct MeasureArgument: ParsableArguments {
    @Option(
        name: [.customShort("m"), .customLong("model")],
        help: help(
            "The base model whose tokens are counted; the first one when left out and it is here.",
            "用哪个基础模型来计算词元；省略时用第一个已有的。", name: "model"))
    var model: String?

    /// nil where no model was named and the first one is not on this machine.
    func measure() async throws -> TokenMeasure? { try await TokenMeasure.onThisMachine(named: model) }
}

extension Double {
    var nonZero: Double? { self == 0 ? nil : self }
}

extension Command {
    /// Movements and answers make sense only where they are, and would be noise among all commands.
    public var isForPalette: Bool {
        switch self {
        case .down, .up, .pageDown, .pageUp, .first, .last, .back, .palette, .accept, .save, .nextField,
            .previousField, .nextChoice, .moreSettings, .complete, .undo, .redo, .nextTarget, .confirmYes, .confirmNo,
            .chooseDataset, .showFinding, .changeRole, .changeWeight, .addTurn, .removeTurn, .turnEarlier, .turnLater,
            .detailDown, .detailUp, .nextToken, .previousToken, .nextDoubt, .previousDoubt, .markModel,
            .chartZoomIn, .chartZoomOut, .chartLeft, .chartRight, .chartBack, .chartForward, .chartLogarithm,
            .chartSmoothing, .chartUnit, .chartAlone, .chartReset, .resetParameters, .searchHistory, .deleteAnswer,
            .toggle, .openEvaluation, .checkService:
            false
        default: true
        }
    }
}

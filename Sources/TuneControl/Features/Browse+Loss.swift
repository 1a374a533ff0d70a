extension Browse.Sheet {
    /// The row of the file that stands at a place of the list, both from 0.
    public func row(at place: Int) -> Int {
        guard isByLoss, let order = losses?.worstFirst, order.indices.contains(place) else { return place }
        return Int(order[place])
    }

    /// The row of the file under the cursor.
    public var row: Int { row(at: list.cursor) }

    /// Where a row of the file stands in the list.
    public func place(of row: Int) -> Int {
        guard isByLoss, let order = losses?.worstFirst else { return row }
        return order.firstIndex(of: Int32(row)) ?? row
    }

    /// Takes losses that have just been read, and shows the worst learned rows from the top.
    mutating func sort(by losses: LossColumn) {
        // Losses of another state of the file would stand beside the wrong rows.
        guard losses.losses.count == facts.records else { return }
        self.losses = losses
        show(byLoss: true)
    }

    /// Changes the order. Whoever asks for the worst rows wants to see them; going back, one stays with the record.
    mutating func show(byLoss: Bool) {
        let row = row
        isByLoss = byLoss
        window = Browse.RowWindow()
        list.select(byLoss ? 0 : row)
    }
}

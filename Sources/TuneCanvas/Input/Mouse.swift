/// What a mouse did, in a cell of the screen.
public struct Mouse: Hashable, Sendable {
    public enum Act: Hashable, Sendable {
        /// The left button.
        case press, drag, release
        case wheelUp, wheelDown
    }

    public let act: Act
    /// Counted from the upper left corner.
    public let point: Point

    public init(_ act: Act, at point: Point) {
        self.act = act
        self.point = point
    }
}

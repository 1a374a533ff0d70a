/// A border with something in it.
public struct Box<Content: Drawable>: Drawable {
    public var title: String
    public var trailing: String
    public var style: Style
    public var titleStyle: Style?
    public var content: Content

    public init(
        title: String = "", trailing: String = "", style: Style = .plain, titleStyle: Style? = nil, content: Content
    ) {
        self.title = title
        self.trailing = trailing
        self.style = style
        self.titleStyle = titleStyle
        self.content = content
    }

    public func draw(in area: Rect, on surface: inout Surface) {
        let inner = surface.box(area, title: title, trailing: trailing, style: style, titleStyle: titleStyle)
        surface.clipped(to: inner) { content.draw(in: inner, on: &$0) }
    }
}

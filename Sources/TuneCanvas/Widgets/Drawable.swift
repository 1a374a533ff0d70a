/// Something that can draw itself into an area of a surface.
///
/// A drawable is a value made from what it shows; it covers all of its area and keeps nothing.
public protocol Drawable {
    func draw(in area: Rect, on surface: inout Surface)
}

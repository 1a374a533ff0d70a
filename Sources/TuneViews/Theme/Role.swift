/// What a piece of the screen is for; a theme says how it looks.
enum Role: String, CaseIterable {
    /// What everything stands on.
    case background
    case text
    /// Labels, units, and what may be overlooked.
    case muted
    case strong
    /// The one colour that leads the eye.
    case accent
    case good, warning, error
    case border
    case borderFocused = "border-focused"
    case title
    case titleFocused = "title-focused"
    /// The row under the cursor, in the pane that has the keys and in another.
    case cursor
    case cursorUnfocused = "cursor-unfocused"
    case header
    case tab
    case tabChosen = "tab-chosen"
    case key
    case field
    /// Marks that stand for whitespace, and what prepare removes or adds.
    case mark
    case chartLoss = "chart-loss"
    case chartValidation = "chart-validation"
    case chartAccuracy = "chart-accuracy"
    case chartRate = "chart-rate"
}

/// The theme that is always there, the same as `themes/harbor.theme`.
enum BuiltInTheme {
    static let theme: Theme = {
        do {
            return try ThemeFile.theme(from: text, name: "harbor")
        } catch {
            preconditionFailure("the built-in theme is broken: \(error)")
        }
    }()

    static let text = """
        # Dark, with the quiet blue-green of a harbour at dusk.
        name = harbor

        $night = #10151c
        $mist = #d5dde6
        $haze = #93a2b1
        $pier = #55687b
        $sea = #6cc7d9
        $moss = #8ccf90
        $lamp = #e8bb6d
        $buoy = #f28b91
        $wave = #22303e
        $shoal = #1a242f

        background = $mist on $night
        text = $mist
        muted = $haze
        strong = $mist bold
        accent = $sea bold
        good = $moss
        warning = $lamp
        error = $buoy bold
        border = $pier
        border-focused = $sea
        title = $haze
        title-focused = $mist bold
        cursor = $mist on $wave
        cursor-unfocused = $mist on $shoal
        header = $haze on $shoal
        tab = $haze on $shoal
        tab-chosen = $sea on $shoal bold underline
        key = $sea
        field = $mist on $wave
        mark = $lamp
        chart-loss = $sea
        chart-validation = $lamp
        chart-accuracy = $moss
        chart-rate = $haze

        """
}

/// The theme that is always there, the same as `themes/harbor.theme`.
enum BuiltInTheme {
    static let name = "harbor"

    static let file: ThemeFile = {
        do {
            return try ThemeFile(text, name: name, path: "harbor.theme")
        } catch {
            preconditionFailure("the built-in theme is broken: \(error)")
        }
    }()

    static let theme: Theme = {
        do {
            return try ThemeResolver(file: file).theme(named: name)
        } catch {
            preconditionFailure("the built-in theme is broken: \(error)")
        }
    }()

    static let text = """
        # Dark, with the quiet blue-green of a harbour at dusk.
        #
        # A line says `name = value`; a line that begins with # is a remark. Copy this file to the folder `themes` that
        # `tunedeck paths` names, change it, and look: the dashboard follows the file while it is open.
        #
        #   inherits = THEME       everything that is not said here is as there; the file may bear the name of the one it changes
        #   $name = COLOUR         a colour under a name of your own; under a name of the theme below, it recolours that theme
        #   role = COLOUR [on COLOUR] [bold] [dim] [italic] [underline] [reverse]
        #   role = OTHER-ROLE ...  looks like the other role, changed by what follows
        #
        # A COLOUR is #rrggbb, a number from 0 to 255, default (the terminal's own), or a $name. Where the terminal has fewer
        # colours, the nearest one that can still be read is taken.
        name = harbor

        $night = #10151c
        $mist = #d5dde6
        $haze = #93a2b1
        $pier = #6b7f93
        $sea = #6cc7d9
        $moss = #8ccf90
        $lamp = #e8bb6d
        $buoy = #f28b91
        $wave = #22303e
        $shoal = #1a242f

        # What everything stands on, and plain text.
        background = $mist on $night
        text = $mist

        # Labels and units; what is to be seen first; the one colour that leads the eye.
        muted = $haze
        strong = $mist bold
        accent = $sea bold

        # How something went. A sign or a word always stands beside it.
        good = $moss
        warning = $lamp
        error = $buoy bold

        # Edges of panes and dialogs, and the titles in them; "focused" has the keys.
        border = $pier
        border-focused = $sea
        title = $haze
        title-focused = $mist bold

        # The row under the cursor, in the pane that has the keys and in another.
        cursor = $mist on $wave
        cursor-unfocused = $mist on $shoal

        # The first line of the screen.
        header = $haze on $shoal
        tab = header
        tab-chosen = $sea on $shoal bold underline

        # Keys as footer and help name them; the box that text is typed into; marks for what cannot be seen.
        key = $sea
        field = $mist on $wave
        mark = $lamp

        # Curves.
        chart-loss = $sea
        chart-validation = $lamp
        chart-accuracy = $moss
        chart-rate = $haze

        """
}

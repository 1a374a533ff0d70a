import Foundation
import TuneControl
import TuneStore

/// What was chosen about the dashboard in earlier runs, in the workspace.
struct KeptPreferences: Sendable {
    private static let key = "preferences"
    private let settings: Settings

    init(_ workspace: Workspace) {
        settings = Settings(workspace)
    }

    /// What another version wrote in another form is forgotten rather than fatal.
    func load() async -> Preferences {
        guard let text = try? await settings.value(of: Self.key) else { return Preferences() }
        return (try? JSONDecoder().decode(Preferences.self, from: Data(text.utf8))) ?? Preferences()
    }

    var client: PreferenceClient {
        PreferenceClient { [settings] preferences in
            let json = try JSONEncoder().encode(preferences)
            try await settings.set(Self.key, to: String(decoding: json, as: UTF8.self))
        }
    }
}

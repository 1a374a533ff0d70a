public import TuneModel

/// What a person has chosen about the dashboard itself. Nil is what TuneDeck would do by itself.
public struct Preferences: Hashable, Codable, Sendable {
    /// What tells that a job has ended.
    public enum Notification: String, CaseIterable, Codable, Sendable {
        case none, bell, desktop
    }

    public var theme: String?
    public var language: Language?
    /// The keys to begin with, before `keymap.toml`.
    public var keys: String?
    public var mouse: Bool?
    public var notification: Notification?

    public init() {}

    /// Whether the mouse is listened to.
    public var usesMouse: Bool { mouse ?? true }
    public var tellsBy: Notification { notification ?? .bell }
}

/// Keeps what was chosen between two runs of the program.
public struct PreferenceClient: Sendable {
    public var save: @Sendable (Preferences) async throws -> Void

    public init(save: @escaping @Sendable (Preferences) async throws -> Void) {
        self.save = save
    }

    public static let none = PreferenceClient(save: { _ in })
}

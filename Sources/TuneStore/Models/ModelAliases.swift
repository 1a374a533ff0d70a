/// Other names for models.
public struct ModelAliases: Hashable, Sendable {
    public let targets: [String: String]

    /// The names that old tutorials use. There is one base so far, so all of them mean it.
    public static let standard = ModelAliases(
        Dictionary(uniqueKeysWithValues: ["ada", "babbage", "curie", "davinci"].map { ($0, "smollm2-135m") }))

    public init(_ targets: [String: String]) { self.targets = targets }

    /// These, where `other` does not say otherwise.
    public func changed(by other: [String: String]) -> ModelAliases {
        ModelAliases(targets.merging(other) { $1 })
    }

    public subscript(name: String) -> String? { targets[name] }
}

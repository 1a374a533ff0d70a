public import TuneModel

/// How closely a check looks.
public struct CheckOptions: Sendable {
    /// The share of 5-grams in common from which two records are nearly the same; nil leaves them out.
    public var near: Double?
    /// How the chosen base model cuts records; nil leaves their tokens uncounted.
    public var measure: TokenMeasure?
    /// Whether to look for keys, addresses, numbers of persons and the like.
    public var looksForPrivateData: Bool
    /// Rows that are compared with each other, for which something of each has to be remembered: more are not, and the
    /// findings say so.
    public var mostRemembered: Int

    public init(
        near: Double? = NearDuplicates.standardThreshold, measure: TokenMeasure? = nil,
        looksForPrivateData: Bool = true, mostRemembered: Int = .max
    ) {
        self.near = near
        self.measure = measure
        self.looksForPrivateData = looksForPrivateData
        self.mostRemembered = mostRemembered
    }
}

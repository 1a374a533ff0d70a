/// An error of a service elsewhere that knows how far its request came.
public protocol RemoteError: ExplainedError {
    /// Whether the service may have got the request, and done what it asks for. Where this is false, nothing has happened.
    var mayHaveArrived: Bool { get }
}

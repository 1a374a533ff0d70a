/// A service as people are shown it. Nothing of its key is in here.
public struct ServiceCard: Hashable, Sendable, Identifiable {
    public let name: ServiceName
    /// The base address without user, password and query: `https://api.openai.com/v1`.
    public let address: String
    /// Where its key comes from, in words: `$OPENAI_API_KEY`, `key file ~/.keys/openai`; nil when it needs none.
    public let keySource: String?
    /// Why it cannot be used as it is configured; nil when it can.
    public let fault: Explanation?

    public var id: ServiceName { name }

    public init(name: ServiceName, address: String, keySource: String?, fault: Explanation? = nil) {
        self.name = name
        self.address = address
        self.keySource = keySource
        self.fault = fault
    }
}

/// The name of a model together with where it is asked: `smollm2-135m` here, `openai/gpt-4.1-mini` elsewhere.
public struct ModelAddress: Hashable, Sendable, CustomStringConvertible {
    /// Nil is this machine.
    public let service: ServiceName?
    public let name: String

    public init(service: ServiceName?, name: String) {
        self.service = service
        self.name = name
    }

    /// What stands before the first slash is a service only when it is among `services`: other names may have slashes.
    public init(_ text: String, services: some Sequence<ServiceName>) {
        if let slash = text.firstIndex(of: "/"), let service = ServiceName(String(text[..<slash])),
            services.contains(service), slash != text.indices.last
        {
            self.init(service: service, name: String(text[text.index(after: slash)...]))
        } else {
            self.init(service: nil, name: text)
        }
    }

    public var description: String { service.map { "\($0)/\(name)" } ?? name }
}

public import TuneModel

/// Names of models of a service, with and without the service in front.
extension ModelAddress {
    /// Takes a name that may have the service in front already.
    init(_ name: String, at service: ServiceName) {
        self.init(name, services: [service])
        if self.service == nil { self.init(service: service, name: name) }
    }
}

extension ModelCard {
    /// What the service that has it calls it.
    public var nameThere: String { service.map { ModelAddress(name, at: $0).name } ?? name }
}

extension Job {
    /// The name that its model is asked by from here; nil before it has one.
    public var askableModel: String? { fineTunedModel.map(address) }
    /// The name that the model it started from is asked by from here.
    public var askableBase: String { address(model) }

    private func address(_ name: String) -> String {
        origin.map { ModelAddress(name, at: $0.service).description } ?? name
    }
}

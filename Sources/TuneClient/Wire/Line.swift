import Foundation

/// The line to a service.
final class Line: Sendable {
    let profile: ServiceProfile
    init(_ profile: ServiceProfile) { self.profile = profile }
    var nothing: ServiceFault { .unreachable(host: profile.baseURL.host() ?? "", reason: "not connected") }
    func shutdown() async {}
}

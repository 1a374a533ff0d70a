/// Why a template cannot be read or followed.
enum JinjaFault: Error, Hashable {
    /// Something of the language that is not known here, or is used in a way that makes no sense; as it is written.
    case unknown(String)
    /// The template itself refuses, in its own words.
    case raised(String)
}

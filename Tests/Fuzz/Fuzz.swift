import Foundation

/// Gives what libFuzzer makes up to the parser that `$TUNEDECK_FUZZ` names.
///
/// Built and run by `run` in this folder, apart from the package: the whole of it must be compiled for the fuzzer.
private let parser: FuzzedParser = {
    let name = ProcessInfo.processInfo.environment["TUNEDECK_FUZZ"] ?? ""
    guard let parser = FuzzedParser(rawValue: name) else {
        let names = FuzzedParser.allCases.map(\.rawValue).joined(separator: ", ")
        print("TUNEDECK_FUZZ names no parser: \(names)")
        exit(2)
    }
    return parser
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    parser.read(UnsafeRawBufferPointer(start: bytes, count: count))
    return 0
}

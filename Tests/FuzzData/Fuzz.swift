import Foundation

/// Gives what libFuzzer makes up to the reader that `$TUNEDECK_FUZZ` names.
///
/// Built and run by `run` in this folder, apart from the package: the whole of it must be compiled for the fuzzer.
private let reader: FuzzedReader = {
    let name = ProcessInfo.processInfo.environment["TUNEDECK_FUZZ"] ?? ""
    guard let reader = FuzzedReader(rawValue: name) else {
        let names = FuzzedReader.allCases.map(\.rawValue).joined(separator: ", ")
        print("TUNEDECK_FUZZ names no reader: \(names)")
        exit(2)
    }
    return reader
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    reader.read(UnsafeBufferPointer(start: bytes, count: count))
    return 0
}

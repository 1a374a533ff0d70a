import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

struct HostileSafetensorsTests {
    private func withFile<R>(_ bytes: [UInt8], _ body: (String) throws -> R) throws -> R {
        let path = NSTemporaryDirectory() + "\(UUID().uuidString).safetensors"
        try Data(bytes).write(to: URL(filePath: path))
        defer { unlink(path) }
        return try body(path)
    }

    @Test(arguments: HostileSafetensors.all)
    func isRefusedWithItsFaultAndPlace(_ file: HostileSafetensors) throws {
        try withFile(file.bytes) { path in
            #expect(throws: file.error(path: path)) { try Safetensors(path: path) }
        }
    }

    @Test(arguments: HostileSafetensors.all)
    func isToldWithPathAndPlaceAndStatus(_ file: HostileSafetensors) {
        let error = file.error(path: "m.safetensors")
        #expect(error.exitStatus == .badData)
        for language in Language.allCases {
            let text = error.explanation.text(in: language)
            #expect(text.contains("m.safetensors") && text.contains("\(file.offset)"))
        }
    }

    @Test func theSetIsLargeAndEveryFileDiffers() {
        #expect(HostileSafetensors.all.count >= 40)
        #expect(Set(HostileSafetensors.all.map(\.bytes)).count == HostileSafetensors.all.count)
    }

    @Test func noFileTakesLongOrMuchMemory() throws {
        for file in HostileSafetensors.all {
            try withFile(file.bytes) { path in
                let (toll, _) = try Toll.of { try Safetensors(path: path) }
                #expect(toll.seconds < 0.1, "\(file)")
                #expect(toll.megabytes < 16, "\(file)")
            }
        }
    }

    /// Two tensors, the second one empty, and some metadata.
    private static let sound: [UInt8] = {
        let header =
            #"{"__metadata__":{"format":"pt \u00e9\n"}, "a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}, "#
        let rest = #""b\"":{"shape":[0,7],"data_offsets":[8,8],"dtype":"F32"} }  "#
        let text = Array((header + rest).utf8)
        return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text + [0, 0, 128, 63, 0, 0, 0, 64]
    }()

    @Test func readsWhatIsSound() throws {
        try withFile(Self.sound) { path in
            let file = try Safetensors(path: path)
            #expect(file.metadata == ["format": "pt é\n"])
            #expect(file.entries["b\""]?.shape == [0, 7])
            let target = Matrix(zeros: 1, 2)
            try file.copy("a", shape: [1, 2], to: target)
            #expect(target.values == [1, 2])
            let error = TrainerError.adapterMismatch(path: path, tensor: "a", expected: [2], found: [1, 2])
            #expect(throws: error) { try file.copy("a", shape: [2], to: target) }
            #expect(throws: TrainerError.adapterLacks(path: path, tensor: "c")) { try file.bytes("c", shape: [2]) }
        }
    }

    @Test func everyCutOfASoundFileIsAnError() throws {
        for length in 0..<Self.sound.count {
            try withFile(Array(Self.sound[..<length])) { path in
                let error = #expect(throws: TrainerError.self) { try Safetensors(path: path) }
                switch error {
                case .damagedSafetensors(_, let offset, _), .damagedJSON(_, let offset, _): #expect(offset <= length)
                default: Issue.record("\(length) bytes gave \(String(describing: error))")
                }
            }
        }
    }

    @Test func everyChangedByteIsReadOrRefused() {
        for place in Self.sound.indices {
            for value: UInt8 in [0, 0x22, 0x2C, 0x5C, 0x7B, 0x7D, 0x80, 0xFF, Self.sound[place] ^ 1] {
                var bytes = Self.sound
                bytes[place] = value
                do throws(TrainerError) {
                    let file = bytes.withUnsafeBytes { MappedFile(copying: $0, named: "changed") }
                    _ = try Safetensors(file)
                } catch {
                    switch error {
                    case .damagedSafetensors(_, 0...bytes.count, _), .damagedJSON(_, 0...bytes.count, _): break
                    default: Issue.record("byte \(place) as \(value) gave \(error)")
                    }
                }
            }
        }
    }
}

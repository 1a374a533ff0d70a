import Testing
import TuneModel

@testable import TuneTrainer

struct HostileGGUFTests {
    @Test(arguments: HostileGGUF.all)
    func isRefusedWithItsFaultAndPlace(_ file: HostileGGUF) throws {
        try GGUFWriter(bytes: file.bytes).withFile { path in
            let expected = TrainerError.damaged(path: path, byteOffset: file.offset, file.fault)
            #expect(throws: expected) { try GGUFFile(path: path) }
        }
    }

    @Test(arguments: HostileGGUF.all)
    func isToldWithPathAndPlaceAndStatus(_ file: HostileGGUF) {
        let error = TrainerError.damaged(path: "m.gguf", byteOffset: file.offset, file.fault)
        #expect(error.exitStatus == .badData)
        for language in Language.allCases {
            let text = error.explanation.text(in: language)
            #expect(text.contains("m.gguf") && text.contains("\(file.offset)"))
        }
    }

    @Test func noFileTakesLongOrMuchMemory() throws {
        for file in HostileGGUF.all {
            try GGUFWriter(bytes: file.bytes).withFile { path in
                let (toll, _) = try Toll.of { try GGUFFile(path: path) }
                #expect(toll.seconds < 0.1, "\(file)")
                #expect(toll.megabytes < 16, "\(file)")
            }
        }
    }

    @Test func theSetIsLargeAndEveryFileDiffers() {
        #expect(HostileGGUF.all.count >= 60)
        #expect(Set(HostileGGUF.all.map(\.bytes)).count == HostileGGUF.all.count)
    }
}

import Testing
import TuneModel

struct SweepTests {
    @Test func everyCombinationIsARequest() throws {
        let sweep = try Sweep(["learning_rate=1e-4,2e-4", "lora_rank=4, 16,32"])
        let requests = try sweep.requests(from: HyperparameterRequest { $0.epochs = 2 })
        #expect(requests.map(\.learningRate) == [1e-4, 1e-4, 1e-4, 2e-4, 2e-4, 2e-4])
        #expect(requests.map(\.loraRank) == [4, 16, 32, 4, 16, 32])
        #expect(requests.allSatisfy { $0.epochs == 2 })
    }

    @Test func noSweepIsTheRequestItself() throws {
        let request = HyperparameterRequest { $0.seed = 1 }
        #expect(try Sweep([]).requests(from: request) == [request])
    }

    @Test func layersOfOneValueArePartedByPlus() throws {
        let requests = try Sweep(["lora_targets=q+v,all"]).requests(from: HyperparameterRequest())
        #expect(requests.map(\.loraTargets) == [[.q, .v], LoRATarget.allCases])
    }

    @Test(arguments: [
        ("learning_rate", SweepFault.malformed("learning_rate")), ("rank=4", .unknownSetting("rank")),
        ("lora_rank=4,4", .sameValue(.loraRank, "4")),
        ("learning_rate=1e-4,0.0001", .sameValue(.learningRate, "0.0001")),
        ("seed=" + (0..<65).map(String.init).joined(separator: ","), .tooMany(65)),
    ])
    func mistakesAreNamed(word: String, fault: SweepFault) {
        #expect(throws: fault) { try Sweep([word]) }
        #expect(fault.exitStatus == .usage)
    }

    @Test func aFaultNamesTheSettingAndWhatItTakes() throws {
        #expect {
            try Sweep(["lora_rank=4,many"])
        } throws: { error in
            guard let fault = error as? SweepFault else { return false }
            return fault.explanation.what.english.contains("lora_rank")
                && fault.explanation.what.english.contains("many")
                && fault.explanation.next.english.contains("1 to 256")
        }
        // An unknown one is answered with those that there are.
        #expect(SweepFault.unknownSetting("rank").explanation.next.english.contains("lora_rank"))
    }

    @Test func aSettingIsSaidOnce() throws {
        #expect(throws: SweepFault.twice(.seed)) { try Sweep(["seed=1", "seed=2"]) }
        let sweep = try Sweep(["seed=1,2"])
        #expect(throws: SweepFault.alreadyGiven(.seed)) {
            try sweep.requests(from: HyperparameterRequest { $0.seed = 7 })
        }
    }

    @Test func theProductIsBounded() {
        #expect(throws: SweepFault.tooMany(81)) {
            try Sweep(["seed=1,2,3", "lora_rank=1,2,3", "n_epochs=1,2,3", "batch_size=1,2,3"])
        }
        #expect(throws: Never.self) {
            try Sweep(["seed=1,2,3,4", "lora_rank=1,2,3,4", "n_epochs=1,2,3,4"])
        }
    }

    @Test func aSweepsNameIsReadBack() {
        let group = GroupID.random()
        #expect(GroupID(group.text) == group)
        for text in ["sweep-", "sweep-ABCDEFGH", "ftjob-12345678", "sweep-123456789"] { #expect(GroupID(text) == nil) }
    }
}

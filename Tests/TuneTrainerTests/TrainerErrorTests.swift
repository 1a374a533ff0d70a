import Testing
import TuneModel

@testable import TuneTrainer

struct TrainerErrorTests {
    /// One of each, so that none is without words.
    private static let all: [TrainerError] =
        [
            .cannotOpen(path: "p", reason: "r"), .notAFile(path: "p"), .cannotWrite(path: "p", reason: "r"),
            .diskFull(path: "p"), .notGGUF(path: "p"), .missingMetadata(path: "p", key: "k"),
            .wrongMetadata(path: "p", key: "k", expected: "integer", found: "string"),
            .unsupportedFamily(path: "p", name: "bert"), .unsupportedFeature(path: "p", name: "a sliding window"),
            .missingTensor(path: "p", name: "t"), .modelFileChanged(path: "p"),
            .wrongShape(path: "p", name: "t", expected: [2, 3], found: [6]),
            .unsupportedTokenizer(path: "p", model: "llama"), .unsupportedPreTokenizer(path: "p", name: "tekken"),
            .noChatTemplate(path: "p"), .unknownChatTemplate(path: "p", construct: "`x`"),
            .chatTemplateRefuses(path: "p", message: "No."), .vocabularyMismatch(path: "p", tokens: 9, rows: 8),
            .badShardName(path: "p", name: "../x"), .adapterExceeds(path: "p", tensor: "t", shape: [8, 2]),
            .damagedAdapter(path: "p", byteOffset: 8),
            .adapterMismatch(path: "p", tensor: "t", expected: [8, 2], found: [8, 3]),
            .adapterLacks(path: "p", tensor: "t"), .preferenceRecord(row: 0), .notAPreference(row: 1),
            .nothingToTrain, .fullTuningOfAdapter(path: "p"),
            .notEnoughMemory(neededMB: 2_000, availableMB: 1_000),
            .notFiniteLoss(step: 3, rows: [0, 7]),
            .notFiniteValidation(step: 3), .contextTooLong(tokens: 9, limit: 8), .emptyPrompt,
            .request(.emptyStop),
        ] + gguf.map { .damaged(path: "p", byteOffset: 5, $0) } + tokenizer.map { .damagedTokenizer(path: "p", $0) }
        + safetensors.map { .damagedSafetensors(path: "p", byteOffset: 5, $0) }
        + json.map { .damagedJSON(path: "p", byteOffset: 5, $0) }
        + exports.map { .export(path: "p", $0) }

    private static let gguf: [GGUFFault] = [
        .bigEndian, .version(9), .tooMany(.tensor, claimed: 2, limit: 1), .cutShort(.header, missing: 1),
        .valueType(77), .nestedArray, .boolean(2), .notText(.key), .duplicate(.key, name: "k"), .alignment,
        .dimensionCount(5), .dimension(tensor: "t", 0), .overflow(tensor: "t"), .tensorType(tensor: "t", 99),
        .unreadType(tensor: "t", type: "IQ1_S"), .partialBlock(tensor: "t", columns: 33, blockSize: 32),
        .tensorCutShort(tensor: "t", missing: 4), .misaligned(tensor: "t", offset: 1, alignment: 32),
        .overlap(tensor: "t", other: "u"),
    ]

    private static let safetensors: [SafetensorsFault] = [
        .headerLength(claimed: 9, limit: 8), .entry(tensor: "t"), .size(tensor: "t"), .gapOrOverlap(tensor: "t"),
        .rest(bytes: 4), .type(tensor: "t", name: "I8"),
    ]

    private static let json: [JSONFault] = [
        .cutShort, .tooDeep(limit: 64), .duplicateKey("k"), .badString, .badNumber, .tooManyValues(limit: 9),
        .expected(.value), .expected(.object), .expected(.array), .expected(.string), .expected(.number),
        .expected(.integer), .expected(.bool), .expected(.colon), .expected(.commaOrEnd), .expected(.end),
    ]

    private static let tokenizer: [TokenizerFault] = [
        .empty, .lengthMismatch(key: "k", expected: 2, found: 1), .duplicateToken(index: 2, other: 1),
        .wrongList(key: "k"), .malformedMerge(index: 1), .unknownMerge(index: 1),
        .outOfRange(key: "k", id: 9, count: 3), .twoTokens(id: 4),
    ]

    private static let exports: [ExportFault] = [
        .targetExists, .notAFolder, .noAdapter(.peft), .typeNotOffered(.safetensors, .q80), .notFinite(tensor: "t"),
        .outOfRange(tensor: "t", .f16), .tokenizer("llama"), .setting("rope scaling"), .stopped,
        .differs(
            ExportParity(prompts: 1, tokens: 16, equalTokens: 9, worstDifference: 2, divergence: 0.3, type: .f16)),
    ]

    @Test(arguments: all) func hasTwoSentencesInEachLanguage(_ error: TrainerError) {
        let explanation = error.explanation
        for wording in [explanation.what, explanation.next] {
            #expect(wording.english.hasSuffix(".") && !wording.english.contains("  "))
            #expect(wording.chinese.hasSuffix("。"))
            #expect(wording.chinese.unicodeScalars.contains { $0.value > 0x4E00 })
        }
    }

    @Test func rowsAreCountedFromOneForPeople() {
        let explanation = TrainerError.notFiniteLoss(step: 3, rows: [0, 7]).explanation
        #expect(explanation.what.english.contains("step 3") && explanation.what.english.contains("1, 8"))
    }

    @Test func aBadFileIsBadDataAndAFullDiskIsNot() {
        #expect(TrainerError.notGGUF(path: "p").exitStatus == .badData)
        #expect(TrainerError.cannotOpen(path: "p", reason: "r").exitStatus == .badData)
        #expect(TrainerError.diskFull(path: "p").exitStatus == .failed)
        #expect(TrainerError.export(path: "p", .targetExists).exitStatus == .failed)
        #expect(TrainerError.export(path: "p", .noAdapter(.peft)).exitStatus == .usage)
    }
}

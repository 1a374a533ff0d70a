public import TuneModel

/// Everything that can go wrong when a model is read, trained, asked or written.
public enum TrainerError: ExplainedError, Hashable {
    // Opening and writing files.
    /// The operating system's reason, such as "No such file or directory".
    case cannotOpen(path: String, reason: String)
    /// A folder, a pipe or a device.
    case notAFile(path: String)
    case cannotWrite(path: String, reason: String)
    case diskFull(path: String)

    // Model files.
    case notGGUF(path: String)
    case damaged(path: String, byteOffset: Int, GGUFFault)
    case damagedSafetensors(path: String, byteOffset: Int, SafetensorsFault)
    case damagedJSON(path: String, byteOffset: Int, JSONFault)
    /// An index of a checkpoint in parts names a file that is none of its folder's.
    case badShardName(path: String, name: String)
    case missingMetadata(path: String, key: String)
    case wrongMetadata(path: String, key: String, expected: String, found: String)
    /// `general.architecture` names a family that the trainer does not know.
    case unsupportedFamily(path: String, name: String)
    /// The family is known, but this model uses something of it that the trainer does not do.
    case unsupportedFeature(path: String, name: String)
    case missingTensor(path: String, name: String)
    /// The file at the path is no longer the one that was opened.
    case modelFileChanged(path: String)
    /// Shapes with the slowest-varying size first.
    case wrongShape(path: String, name: String, expected: [Int], found: [Int])

    // Tokenizers and chat templates.
    case unsupportedTokenizer(path: String, model: String)
    case unsupportedPreTokenizer(path: String, name: String)
    case damagedTokenizer(path: String, TokenizerFault)
    /// The tokenizer has numbers that the model's embedding has no row for.
    case vocabularyMismatch(path: String, tokens: Int, rows: Int)
    case noChatTemplate(path: String)
    /// The template does something that is not known here; in Jinja's words.
    case unknownChatTemplate(path: String, construct: String)
    /// The template itself refuses the conversation, in its own words.
    case chatTemplateRefuses(path: String, message: String)

    // Adapters and checkpoints.
    /// The file is not what its name promises, or is cut short.
    case damagedAdapter(path: String, byteOffset: Int)
    /// The adapter was made for another base model.
    case adapterMismatch(path: String, tensor: String, expected: [Int], found: [Int])
    case adapterLacks(path: String, tensor: String)
    /// The adapter changes something that the base model does not have, or that adapters do not change here.
    case adapterExceeds(path: String, tensor: String, shape: [Int])

    // Exports.
    /// `path` is the folder or file that was to be written.
    case export(path: String, ExportFault)

    // Training and answering.
    /// A preference pair, counted from 0, where answers are learned.
    case preferenceRecord(row: Int)
    /// Anything but a preference pair, counted from 0, where pairs are learned from.
    case notAPreference(row: Int)
    /// No record of the data has a token to learn.
    case nothingToTrain
    /// A full fine-tuning that should start from an adapter.
    case fullTuningOfAdapter(path: String)
    /// The least that the run needs is more than it was granted, in MB (10⁶ bytes).
    case memoryLimit(neededMB: Int, limitMB: Int)
    /// The least that the run needs is more than the machine has left, in MB (10⁶ bytes).
    case notEnoughMemory(neededMB: Int, availableMB: Int)
    /// Rows of the step's batch, counted from 0.
    case notFiniteLoss(step: Int, rows: [Int])
    /// The loss on held-out records after a step.
    case notFiniteValidation(step: Int)
    case contextTooLong(tokens: Int, limit: Int)
    /// A prompt without a single token, for a model that begins with none of its own.
    case emptyPrompt
    /// A question that no answer can be begun for.
    case request(AnswerFault)
}

/// What is wrong with the tokenizer that a model file carries.
public enum TokenizerFault: Hashable, Sendable {
    case empty
    /// One list of the vocabulary is longer or shorter than the tokens.
    case lengthMismatch(key: String, expected: Int, found: Int)
    case duplicateToken(index: Int, other: Int)
    /// A list that should hold whole numbers or strings, and does not.
    case wrongList(key: String)
    /// A merge that is not two parts with a space between.
    case malformedMerge(index: Int)
    /// A merge of parts, or into a whole, that are not tokens.
    case unknownMerge(index: Int)
    /// One number stands for two different tokens.
    case twoTokens(id: Int)
    /// A special token's number lies outside the vocabulary.
    case outOfRange(key: String, id: Int, count: Int)
}

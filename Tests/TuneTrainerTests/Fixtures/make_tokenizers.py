"""Makes small tokenizers of every kind that the families have, and what the reference packages do with texts.

usage: python make_tokenizers.py        (needs tokenizers, sentencepiece and gguf)

tokenizers/bytes.json       a byte-level tokenizer.json, its words cut as Qwen2's
tokenizers/bytes.gguf       the same vocabulary in a GGUF file, its words cut as Llama 3's
tokenizers/pieces.json      a tokenizer.json of SentencePiece's kind, as Llama 2 has it
tokenizers/pieces.gguf      the same vocabulary with its scores
tokenizers/cases.json       texts; for each variant of the rules the parts of tokenizer.json that differ, and a checksum
                            of the tokens of each text, eight hexadecimal digits run together; `in_front` are the tokens
                            that a text is begun with

The vocabularies are trained on the spot, by a short text in four languages, with the rules that the families' own
files have.
"""
import json
import pathlib
import random
import re

import gguf
import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from make_tokens import PIECES, TEXTS, checksum

HERE = pathlib.Path(__file__).parent
FOLDER = HERE / "tokenizers"
CORPUS = [
    "The quick brown fox jumps over the lazy dog, and the dog's dreams are of the fox; they're what they'll be.",
    "In 1999, 2024 and 31415 there were 10,000 foxes. Don't say that THE DOG'S LAZY! I've seen it, we'd seen it.",
    "def answer(question):\n    if question is None:\n        return \"\"\n\n    return {\"answer\": question * 2}\n",
    "床前明月光，疑是地上霜。举头望明月，低头思故乡。天气很好，明天的天气也很好。",
    "naïve café, Zürich, straße; Привет, мир; 日本語のテキスト; 한국어 텍스트 👍 👋🏽",
    "for (int i = 0; i < n; ++i) { a[i] += b[i]; }   // spaces   and\ttabs\r\n\r\n",
] * 4
EXPRESSION = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|DIGITS| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|"
              r"\s+(?!\S)|\s+")
SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
MORE_TEXTS = ["<s>Hello</s> there", "x <s> y", "<s><s>", "  <s>  two  </s>  ", "▁mark ▁", "<0x41>A", "'ſ 'S 'LL 'Re",
              "\r\n  \n x\n\n", "!\n\n??\r\r x", "١٢٣٤٥ ½⅓ ⅣⅤ", "e\u0301a\u0308 \u1112\u1161\u11ab \u212b"]


def split(digits):
    return pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(EXPRESSION.replace("DIGITS", digits)), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def rules(tokenizer, *keys):
    definition = json.loads(tokenizer.to_str())
    return {key: definition[key] for key in keys}


def bytes_tokenizer():
    tokenizer = Tokenizer(models.BPE(ignore_merges=False))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = split(r"\p{N}")
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=480, special_tokens=SPECIALS, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False))
    return tokenizer


def bytes_variants():
    """The rules of the families with byte-level vocabularies, by name."""
    gpt2 = pre_tokenizers.ByteLevel(add_prefix_space=False)
    yield "qwen2", normalizers.NFC(), split(r"\p{N}"), None, False
    yield "llama3", None, split(r"\p{N}{1,3}"), processors.Sequence([processors.ByteLevel(trim_offsets=False),
        processors.TemplateProcessing("<|im_start|> $A", special_tokens=[("<|im_start|>", 1)])]), True
    yield "gpt2", None, gpt2, None, False
    yield "smollm", None, pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), gpt2]), None, False


def train_pieces():
    path = FOLDER / "corpus.txt"
    path.write_text("\n".join(line for text in CORPUS for line in text.splitlines()))
    sentencepiece.SentencePieceTrainer.train(
        input=str(path), model_prefix=str(FOLDER / "pieces"), model_type="bpe", vocab_size=520, byte_fallback=True,
        character_coverage=0.98, normalization_rule_name="identity", remove_extra_whitespaces=False,
        add_dummy_prefix=True, split_digits=True, allow_whitespace_only_pieces=True, minloglevel=2,
        max_sentence_length=10000)
    for name in ("corpus.txt", "pieces.vocab"):
        (FOLDER / name).unlink()
    model = sentencepiece.SentencePieceProcessor(model_file=str(FOLDER / "pieces.model"))
    (FOLDER / "pieces.model").unlink()
    return model


def merges_of(model):
    """The merges that spell every piece from two others, the one of the best score first: the fast form of the model."""
    scores = {model.id_to_piece(i): model.get_score(i) for i in range(model.get_piece_size())
              if not (model.is_byte(i) or model.is_control(i) or model.is_unknown(i))}
    found = []
    for piece, score in scores.items():
        parts = [(piece[:cut], piece[cut:]) for cut in range(1, len(piece))]
        known = [pair for pair in parts if pair[0] in scores and pair[1] in scores]
        found += [(left, right, score) for left, right in
                  sorted(known, key=lambda pair: (model.piece_to_id(pair[0]), model.piece_to_id(pair[1])))]
    found.sort(key=lambda merge: (merge[2], len(merge[0]), len(merge[1])), reverse=True)
    return [(left, right) for left, right, _ in found]


def pieces_tokenizer(model):
    vocabulary = {model.id_to_piece(i): i for i in range(model.get_piece_size())}
    tokenizer = Tokenizer(models.BPE(vocabulary, merges_of(model), unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token in ("<unk>", "<s>", "</s>")])
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.decoder = decoders.Sequence([
        decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    return tokenizer


def pieces_variants():
    """The rules of the families with SentencePiece vocabularies, by name."""
    legacy = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    front = processors.TemplateProcessing("<s> $A", special_tokens=[("<s>", 1)])
    yield "llama2", legacy, None, front
    yield "mistral", None, pre_tokenizers.Metaspace("▁", prepend_scheme="first", split=False), front
    yield "always", None, pre_tokenizers.Metaspace("▁", prepend_scheme="always", split=False), None
    yield "words", None, pre_tokenizers.Metaspace("▁", prepend_scheme="never", split=True), None


def write_gguf(path, kind, pre, tokens, types, merges=None, scores=None, **ids):
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_tokenizer_model(kind)
    if pre:
        writer.add_tokenizer_pre(pre)
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    if merges:
        writer.add_token_merges(merges)
    if scores:
        writer.add_token_scores(scores)
    writer.add_bos_token_id(ids["bos"])
    writer.add_eos_token_id(ids["eos"])
    if "unk" in ids:
        writer.add_unk_token_id(ids["unk"])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def compact(tokenizer, path):
    definition = json.loads(tokenizer.to_str())
    path.write_text(json.dumps(definition, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    return definition


def sums(texts, ids):
    return "".join(checksum(ids(text))[-8:] for text in texts)


def main():
    FOLDER.mkdir(exist_ok=True)
    chance = random.Random(11)
    texts = TEXTS + MORE_TEXTS + [
        "".join(chance.choice(PIECES + ["<s>", "▁", " fox", "天气", "'LL"]) for _ in range(chance.randint(2, 12)))
        for _ in range(250)]
    variants = []

    tokenizer = bytes_tokenizer()
    definition = compact(tokenizer, FOLDER / "bytes.json")
    for name, normalizer, pre_tokenizer, processor, keeps_whole in bytes_variants():
        changed = json.loads(json.dumps(definition))
        changed["model"]["ignore_merges"] = keeps_whole
        other = Tokenizer.from_str(json.dumps(changed))
        other.normalizer, other.pre_tokenizer = normalizer, pre_tokenizer
        if processor:
            other.post_processor = processor
        ids = lambda text: other.encode(text, add_special_tokens=False).ids
        variants.append({"file": "bytes", "name": name, "ignore_merges": keeps_whole,
                         **rules(other, "normalizer", "pre_tokenizer", "post_processor"),
                         "in_front": other.encode("").ids, "sums": sums(texts, ids)})
    vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    write_gguf(FOLDER / "bytes.gguf", "gpt2", "llama-bpe", [token for token, _ in vocabulary],
               [3 if token in SPECIALS else 1 for token, _ in vocabulary],
               merges=[" ".join(merge) for merge in definition["model"]["merges"]], bos=1, eos=2)

    model = train_pieces()
    tokenizer = pieces_tokenizer(model)
    definition = compact(tokenizer, FOLDER / "pieces.json")
    for name, normalizer, pre_tokenizer, processor in pieces_variants():
        other = Tokenizer.from_str(json.dumps(definition))
        other.normalizer, other.pre_tokenizer = normalizer, pre_tokenizer
        if processor:
            other.post_processor = processor
        ids = lambda text: other.encode(text, add_special_tokens=False).ids
        variants.append({"file": "pieces", "name": name, "ignore_merges": False,
                         **rules(other, "normalizer", "pre_tokenizer", "post_processor"),
                         "in_front": other.encode("").ids, "sums": sums(texts, ids)})
    # Older files have their special tokens looked for in the text that was made ready.
    changed = json.loads(json.dumps(definition))
    for token in changed["added_tokens"]:
        token["normalized"] = True
    older = Tokenizer.from_str(json.dumps(changed))
    ids = lambda text: older.encode(text, add_special_tokens=False).ids
    variants.append({"file": "pieces", "name": "older", "ignore_merges": False, "normalized": True,
                     **rules(older, "normalizer", "pre_tokenizer", "post_processor"),
                     "in_front": [], "sums": sums(texts, ids)})
    kinds = [2 if model.is_unknown(i) else 3 if model.is_control(i) else 6 if model.is_byte(i) else 1
             for i in range(model.get_piece_size())]
    write_gguf(FOLDER / "pieces.gguf", "llama", None, [model.id_to_piece(i) for i in range(len(kinds))], kinds,
               scores=[model.get_score(i) for i in range(len(kinds))], bos=1, eos=2, unk=0)
    # SentencePiece itself, of texts in which it would not look for special tokens either.
    plain = [text for text in texts if not re.search("<s>|</s>|<unk>", text)]
    variants.append({"file": "pieces", "name": "sentencepiece", "plain": True, "in_front": [1],
                     "sums": sums(plain, model.encode)})

    lines = ",\n".join(json.dumps(text) for text in texts)
    rows = ",\n".join(json.dumps(variant, ensure_ascii=False) for variant in variants)
    (FOLDER / "cases.json").write_text(f'{{"texts":[\n{lines}\n],\n"variants":[\n{rows}\n]}}\n', encoding="utf-8")
    print(len(texts), "texts,", [variant["name"] for variant in variants])


if __name__ == "__main__":
    main()

"""Makes tokens.json, samples.json, scalars.json and chats.json: what the reference tokenizer of SmolLM2 does.

usage: python make_tokens.py SmolLM2-135M-Instruct.Q4_1.gguf        (needs transformers, tokenizers and gguf)
"""
import json
import pathlib
import random
import sys

from tokenizers import pre_tokenizers

import reference_tokenizer

HERE = pathlib.Path(__file__).parent
SAMPLES = HERE.parents[2] / "Sources" / "tunedeck" / "Samples"

TEXTS = [
    "",
    "Hello, world!", " leading space", "trailing space ", "  two  spaces  ", "   three", "tab\tand\t\ttabs",
    "a\nb\n\nc\n\n\n", "a\r\nb\r\n\r\nc",
    "don't you'll I'm we've they're he'd it's DON'T 'tis ''s 'sS 're've 'lL 'l 'r '", "1", "12", "1234567890",
    "3.14159", "1,000,000", "a1b2c3", "x  1", "list:\n\n1. one\n2. two\n 3. three", "\t7", "x²+y³=½", "Ⅷ ٣٤ 一二三 ①",
    "v2.0-rc1", "0x1F600", "2026-11-23T02:45:10Z",
    "def f(x):\n    return x ** 2  # square\n\n\tif x >= 10 and y != 3:\n        print(f\"{x!r}\")\n",
    "for (int i = 0; i < n; ++i) { a[i] += b[i] << 3; }", "<div class=\"a\">&nbsp;</div>",
    "SELECT * FROM t WHERE a='b';", "{\"prompt\": \"What is a kludge? ->\", \"completion\": \" A hack.\\n\"}",
    "床前明月光，疑是地上霜。舉頭望明月，低頭思故鄉。", "你好，世界！ 今天是2026年11月23日。", "ｆｕｌｌ　ｗｉｄｔｈ", "日本語のテキスト　と　カタカナ", "한국어 텍스트",
    "Привет, мир! Ёлка", "Ελληνικά", "שלום עולם", "مرحبا بالعالم", "नमस्ते दुनिया", "สวัสดีชาวโลก",
    "naïve café Zürich Ærø ß ﬁ", "e\u0301 a\u0308 n\u0303 o\u0302\u0323", "é vs e\u0301", "👍", "👩‍👩‍👧‍👦 family",
    "🇨🇳🇺🇸", "👋🏽 hi", "☺️ ☺︎", "a👍b 👍 👍👍", "\u200b\u200d\ufeff", "\u00a0nbsp\u2003em\u3000ideographic", "\u2028\u2029",
    "\u0085next line", "\u001c\u001d\u001e\u001f", "\u0000\u0001\u0004\u0006\u0013", "a\u0004b \u0014c",
    "\u007f\u0080\u009f", "\U0001d49c\U00020000\U0010ffff", "\ufffd\ufffe", "!!!???...---", "  !", "a  !b",
    "((\"'`~^", "$€£¥ 100% #1 @me &c", "http://example.com/a?b=c&d=e#f", "C:\\path\\file.txt",
    "<|im_start|>user\nhi<|im_end|>\n", "<|im_start|><|im_start|>", "x<|endoftext|>y", " <|im_end|> ",
    "<|im_end|<|im_end|>", "<|im_start |>", "<file_sep><filename>a.py<gh_stars>10-100", "<repo_name><reponame>",
    "<empty_output>", " <jupyter_code>1+1", "<unk></s><s>[PAD]", "the the the the", "antidisestablishmentarianism",
    "Pneumonoultramicroscopicsilicovolcanoconiosis", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "zzzzzzzzzzqqqqqqqqqqxxxxxxxxxx", "                                        x",
    "\n\n\n\n\n\n\n\n\n\n", "\t\t\t\t x",
]
ASSISTANT = "<|im_start|>assistant\n"
PIECES = ["the", " a", "Ing", "'s", "'", "\u2019s", " ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u3000", "1", "23", "½", "²", "٣",
          "é", "e\u0301", "月", "明月", "，", "。", "👍", "🏽", "\u200d", "!", "...", "->", " ->", "<", "|", "<|im_end|>",
          "<|im_start|>", "_", "$", "ſ", "ß", "\u0085", "\u0004", "\U000e0001", "\U0001f468"]


def checksum(ids):
    """FNV-1a of the tokens as little-endian 32-bit numbers."""
    value = 0xCBF29CE484222325
    for byte in b"".join(i.to_bytes(4, "little") for i in ids):
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def write(name, rows):
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    (HERE / name).write_text(f"[\n{lines}\n]\n")


def scalar_classes():
    """Stretches of characters of one class: [first number, class], as the expression of the pre-tokenizer sees them."""
    cut = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True).pre_tokenize_str
    digits = pre_tokenizers.Digits(individual_digits=True).pre_tokenize_str
    runs = []
    for number in range(0x110000):
        if 0xD800 <= number < 0xE000:
            continue
        c = chr(number)
        mates = (("letter", "a"), ("number", "1"), ("other", "!"))
        kind = next((kind for kind, mate in mates if len(cut(mate + c)) == 1), "space")
        if len(digits("a" + c)) == 2:
            kind = "number"  # the splitter of digits knows a newer Unicode than the expression does
        if not runs or runs[-1][1] != kind:
            runs.append([number, kind])
    return runs


def conversations():
    """Conversations with their text and tokens, and which tokens are learned: those of answers and of their ends."""
    system = {"role": "system", "content": "You speak like a pirate."}
    user = {"role": "user", "content": "What is a kludge?"}
    answer = {"role": "assistant", "content": "An ill-assorted collection of parts."}
    more = {"role": "user", "content": "再说一次 👍\n"}
    blank = {"role": "assistant", "content": "\n\n Arr!"}
    empty = {"role": "assistant", "content": ""}
    ends = {"role": "assistant", "content": "He wrote <|im_end|> here"}
    tool = {"role": "tool", "content": "{}"}
    left_out = dict(answer, weight=0)
    return [
        [user], [system], [user, answer], [system, user, answer], [user, answer, more, blank], [answer, user],
        [user, left_out, more, answer], [system, user, empty], [user, ends, more], [user, tool, blank], [user, system],
    ]


def chat(tokenizer, messages):
    render = lambda turns, prompts: tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=prompts)
    text = render(messages, False)
    spans = []
    for i, message in enumerate(messages):
        if message["role"] == "assistant" and message.get("weight", 1) > 0:
            # A first turn needs its place in the whole: what stands before it then is the system's turn.
            start = len(render(messages[:i], True)) if i else text.index(ASSISTANT) + len(ASSISTANT)
            spans.append((start, len(render(messages[:i + 1], False)) - 1))
    encoded = tokenizer(text, return_offsets_mapping=True)
    learned = [any(start < last and end > first for first, last in spans) for start, end in encoded.offset_mapping]
    return {"messages": messages, "text": text, "prompt": render(messages, True), "ids": encoded.input_ids,
            "learned": "".join(str(int(l)) for l in learned)}


def main():
    tokenizer = reference_tokenizer.load(sys.argv[1])
    ids = lambda text: tokenizer(text).input_ids
    chance = random.Random(7)
    texts = TEXTS + ["".join(chance.choice(PIECES) for _ in range(chance.randint(2, 14))) for _ in range(500)]
    samples = []
    for name, kept in (("jargon", 12), ("tang", 6)):
        rows = [json.loads(line) for line in open(SAMPLES / f"{name}.jsonl", encoding="utf-8")]
        parts = [part for row in rows for part in (row["prompt"], row["completion"])]
        texts += parts[:2 * kept]
        everything = [i for part in parts for i in ids(part)]
        samples.append({"name": name, "texts": len(parts), "tokens": len(everything), "checksum": checksum(everything)})
    write("tokens.json", [{"text": text, "ids": ids(text)} for text in texts])
    write("samples.json", samples)
    write("scalars.json", scalar_classes())
    write("chats.json", [chat(tokenizer, messages) for messages in conversations()])


if __name__ == "__main__":
    main()

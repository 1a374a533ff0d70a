#!/usr/bin/env python3
"""Makes the fuzzer's corpus: small sound files of every kind that is read. Run as `python3 make_corpus.py`."""
import json
import pathlib
import struct

ROOT = pathlib.Path(__file__).parent / "Corpus"


def write(parser, name, data):
    folder = ROOT / parser
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


# --- GGUF

def string(text):
    data = text if isinstance(text, bytes) else text.encode()
    return struct.pack("<Q", len(data)) + data


KINDS = {"u8": (0, "<B"), "i8": (1, "<b"), "u16": (2, "<H"), "i16": (3, "<h"), "u32": (4, "<I"), "i32": (5, "<i"),
         "f32": (6, "<f"), "bool": (7, "<B"), "u64": (10, "<Q"), "i64": (11, "<q"), "f64": (12, "<d")}


def value(kind, content):
    if kind == "str":
        return struct.pack("<I", 8) + string(content)
    if kind == "strs":
        return struct.pack("<IIQ", 9, 8, len(content)) + b"".join(string(text) for text in content)
    if kind.endswith("s"):
        number, form = KINDS[kind[:-1]]
        return struct.pack("<IIQ", 9, number, len(content)) + b"".join(struct.pack(form, item) for item in content)
    number, form = KINDS[kind]
    return struct.pack("<I", number) + struct.pack(form, content)


def gguf(settings, tensors=(), version=3):
    data = b"GGUF" + struct.pack("<IQQ", version, len(tensors), len(settings))
    for key, kind, content in settings:
        data += string(key) + value(kind, content)
    numbers = b""
    for name, sizes, kind, size in tensors:
        data += string(name) + struct.pack("<I", len(sizes)) + b"".join(struct.pack("<Q", item) for item in sizes)
        data += struct.pack("<IQ", kind, len(numbers))
        numbers += bytes(size) + bytes(-size % 32)
    return data + bytes(-len(data) % 32) + numbers


def model():
    settings = [
        ("general.architecture", "str", "llama"), ("llama.block_count", "u32", 1),
        ("llama.embedding_length", "u32", 4), ("llama.attention.head_count", "u32", 2),
        ("llama.attention.head_count_kv", "u32", 1), ("llama.feed_forward_length", "u32", 6),
        ("llama.context_length", "u32", 64), ("llama.attention.layer_norm_rms_epsilon", "f32", 1e-5),
        ("llama.rope.freq_base", "f32", 1e4), ("llama.attention.key_length", "u32", 2),
        ("tokenizer.ggml.model", "str", "gpt2"), ("tokenizer.ggml.pre", "str", "smollm"),
        ("tokenizer.ggml.tokens", "strs", ["a", "b", "c", "ab", "abc", "Ġ", "<end>"]),
        ("tokenizer.ggml.token_type", "i32s", [1, 1, 1, 1, 1, 1, 3]),
        ("tokenizer.ggml.merges", "strs", ["a b", "ab c"]), ("tokenizer.ggml.eos_token_id", "u32", 6),
        ("tokenizer.ggml.add_bos_token", "bool", 0),
    ]
    shapes = {"token_embd": [4, 7], "output_norm": [4], "output": [4, 7]}
    block = {"attn_norm": [4], "ffn_norm": [4], "attn_q": [4, 4], "attn_output": [4, 4], "attn_k": [4, 2],
             "attn_v": [4, 2], "ffn_gate": [4, 6], "ffn_up": [4, 6], "ffn_down": [6, 4]}
    shapes.update({f"blk.0.{name}": sizes for name, sizes in block.items()})
    tensors = []
    for name, sizes in shapes.items():
        count = 1
        for size in sizes:
            count *= size
        tensors.append((f"{name}.weight", sizes, 0, 4 * count))
    return gguf(settings, tensors)


def make_gguf():
    write("gguf", "empty", gguf([]))
    write("gguf", "version-2", gguf([("a", "u8", 1)], version=2))
    kinds = [(kind, kind, 1) for kind in KINDS] + [("text", "str", "é")]
    write("gguf", "values", gguf(kinds))
    lists = [(kind, f"{kind}s", [0, 1]) for kind in KINDS] + [("texts", "strs", ["a", "", "é"])]
    write("gguf", "lists", gguf(lists))
    blocks = [("f32", 0, 1, 4), ("f16", 1, 1, 2), ("q4_0", 2, 32, 18), ("q4_1", 3, 32, 20), ("q5_0", 6, 32, 22),
              ("q5_1", 7, 32, 24), ("q8_0", 8, 32, 34), ("q4_k", 12, 256, 144), ("q5_k", 13, 256, 176),
              ("q6_k", 14, 256, 210), ("bf16", 30, 1, 2)]
    write("gguf", "types", gguf([], [(name, [numbers, 2], kind, 2 * size) for name, kind, numbers, size in blocks]))
    write("gguf", "alignment", gguf([("general.alignment", "u32", 32)], [("a", [3], 0, 12), ("b", [1, 1, 1, 2], 0, 8)]))
    write("model", "whole", model())


# --- safetensors

def safetensors(header, numbers):
    text = json.dumps(header, separators=(",", ":")).encode()
    return struct.pack("<Q", len(text)) + text + bytes(numbers)


def entry(kind, shape, begin, end):
    return {"dtype": kind, "shape": shape, "data_offsets": [begin, end]}


def make_safetensors():
    write("safetensors", "empty", safetensors({}, 0))
    write("safetensors", "metadata", safetensors({"__metadata__": {"format": "pt", "é\n": "\ud83d\ude00"}}, 0))
    header = {"__metadata__": {"a": "b"}, "x": entry("F32", [2, 1], 0, 8), "y": entry("BF16", [0], 8, 8),
              "z": entry("I64", [], 8, 16)}
    write("safetensors", "tensors", safetensors(header, 16))
    kinds = {"F64": 8, "F16": 2, "I32": 4, "I16": 2, "I8": 1, "U64": 8, "U8": 1, "BOOL": 1, "F8_E4M3": 1}
    header, end = {}, 0
    for kind, size in kinds.items():
        header[kind] = entry(kind, [2], end, end + 2 * size)
        end += 2 * size
    write("safetensors", "types", safetensors(header, end))


def make_config():
    llama = {"model_type": "llama", "hidden_size": 64, "num_attention_heads": 4, "num_key_value_heads": 2,
             "intermediate_size": 96, "num_hidden_layers": 2, "vocab_size": 99, "max_position_embeddings": 128,
             "rms_norm_eps": 1e-5, "rope_theta": 1e4, "tie_word_embeddings": True, "hidden_act": "silu",
             "architectures": ["LlamaForCausalLM"]}
    write("config", "llama", json.dumps(llama).encode())
    scaling = {"rope_type": "llama3", "factor": 8, "low_freq_factor": 1, "high_freq_factor": 4,
               "original_max_position_embeddings": 64, "rope_theta": 5e5}
    qwen = dict(llama, model_type="qwen3", head_dim=16, rope_parameters=scaling, attention_bias=False,
                sliding_window=None, layer_types=["full_attention", "sliding_attention"])
    write("config", "qwen3", json.dumps(qwen).encode())
    write("config", "mistral", json.dumps(dict(llama, model_type="mistral", sliding_window=32,
                                               rope_scaling={"type": "linear", "factor": 2.5})).encode())


def make_index():
    index = {"metadata": {"total_size": 0}, "weight_map": {"model.embed_tokens.weight": "part", "x": "part"}}
    write("index", "part", json.dumps(index).encode())
    index["weight_map"]["y"] = "part-2"
    write("index", "missing", json.dumps(index).encode())


def make_vocabulary():
    tokens = ["a", "b", "c", "ab", "abc", "Ġ", "<0x0A>", "▁", "▁a"]
    model = {"type": "BPE", "vocab": {token: i for i, token in enumerate(tokens)}, "merges": ["a b", ["ab", "c"]],
             "unk_token": None, "byte_fallback": False, "ignore_merges": True}
    added = [{"id": 9, "content": "<end>", "special": True, "normalized": False},
             {"id": 10, "content": "é", "special": False, "normalized": True}]
    split = {"type": "Sequence", "pretokenizers": [
        {"type": "Digits", "individual_digits": True},
        {"type": "ByteLevel", "add_prefix_space": False, "use_regex": True, "trim_offsets": True}]}
    file = {"added_tokens": added, "normalizer": None, "pre_tokenizer": split, "post_processor": None, "model": model}
    write("vocabulary", "bytes", json.dumps(file).encode())
    model = dict(model, byte_fallback=True, unk_token="a", fuse_unk=True, ignore_merges=False)
    normalizer = {"type": "Sequence", "normalizers": [
        {"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]}
    write("vocabulary", "pieces",
          json.dumps(dict(file, model=model, normalizer=normalizer, pre_tokenizer=None)).encode())


def make_template():
    write("template", "turns", b"""{% for message in messages %}{{'<|' + message['role'] + '|>\n' + message['content']}}{% endfor %}
{%- if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}""")
    write("template", "words", b"""{%- macro say(x, y=2) -%}{{ x|trim ~ y }}{%- endmacro -%}
{%- set ns = namespace(n=0, l=[1, 2.5, 'a']) -%}{% set d = {'a': [1], 'b': none} %}
{% for k, v in d.items() if v %}{% set ns.n = ns.n + loop.index0 * 2 %}{% else %}-{% endfor %}
{{ say(ns.l[1:] | join(', ')) }}{{ d | tojson(indent=2) }}{{ 'a,b'.split(',')[-1].replace('b', 'c') | upper }}
{{ bos_token if messages | length > 1 and not (1 in ns.l) else 'x' * 3 }}{% if range(0, 9, 2) is iterable %}{% endif %}""")


def make_adapter():
    config = {"peft_type": "LORA", "task_type": "CAUSAL_LM", "base_model_name_or_path": "tiny", "r": 1,
              "lora_alpha": 2, "lora_dropout": 0, "bias": "none", "target_modules": ["q_proj"],
              "inference_mode": True, "fan_in_fan_out": False}
    name = "base_model.model.model.layers.0.self_attn.q_proj.lora_"
    numbers = safetensors({f"{name}A.weight": entry("F32", [1, 4], 0, 16),
                           f"{name}B.weight": entry("F32", [4, 1], 16, 32)}, 32)
    text = json.dumps(config).encode()
    write("adapter", "whole", struct.pack("<H", len(text)) + text + numbers)
    write("adapter", "config", struct.pack("<H", 2) + b"{}" + numbers)


def seal(*parts):
    """As Fingerprint.swift does it."""
    mask, state = (1 << 64) - 1, 0x517CC1B727220A95
    for part in parts:
        words = [len(part)] + [int.from_bytes(part[i:i + 8], "little") for i in range(0, len(part) // 8 * 8, 8)]
        for word in words + list(part[len(part) // 8 * 8:]):
            mixed = ((state ^ word) + 0x9E3779B97F4A7C15) & mask
            mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & mask
            mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & mask
            state = mixed ^ mixed >> 31
    return f"{state:016x}"


def make_checkpoint():
    state = json.dumps({"fingerprint": "f", "step": 1, "elapsedTokens": 2, "elapsedExamples": 3, "trainedTokens": 4,
                        "validation": {"withoutProgress": 0}, "isKept": False})
    texts = {"state": state, "checksum": seal(state.encode(), bytes(32), bytes(32))}
    header = {"__metadata__": texts, "adapter": entry("F32", [1, 8], 0, 32), "m": entry("F32", [1, 8], 32, 64)}
    write("checkpoint", "whole", safetensors(header, 64))
    header["__metadata__"] = {"state": "{}", "checksum": seal(b"{}", bytes(32), bytes(32))}
    write("checkpoint", "stateless", safetensors(header, 64))


# --- vocabularies, in the form of FuzzedVocabulary.swift

def vocabulary(choices, tokens, merges, text):
    lines = [choices] + [item.encode() for item in tokens] + [b""] + [item.encode() for item in merges] + [b""]
    return b"\n".join(lines) + b"\n" + text.encode()


def make_tokenizer():
    letters = ["a", "b", "c", "ab", "abc", "Ġ", "Ċ", "1", "'s", "<end>"]
    merges = ["a b", "ab c"]
    write("tokenizer", "plain", vocabulary(b"\0", letters, merges, "abcab a's 11\n<end> é"))
    write("tokenizer", "kinds", vocabulary(b"\1\1\1\1\1\1\1\1\1\1\3", letters, merges, "abcab <end><end> 12a  b"))
    bytes_ = ["Ã", "©", "Ã©", "<|im_end|>", "<0x0A>", "é"]
    write("tokenizer", "bytes", vocabulary(b"\1\1\1\1\3\6\4", bytes_, ["Ã ©"], "é<|im_end|>\u2003é\U0010ffff👩‍👩‍👧"))


for make in [make_gguf, make_safetensors, make_config, make_index, make_vocabulary, make_template, make_adapter, make_checkpoint, make_tokenizer]:
    make()

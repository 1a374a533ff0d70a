"""The reference tokenizer of a GGUF file: what transformers builds from it, with the pre-tokenizer that it names.

transformers reads vocabulary, merges and special tokens, but cuts words as GPT-2 does whatever the file says. The file
says `smollm`, which is how SmolLM2 was trained: every numeric character by itself first. The two differ only where
white space of more than one character, or a sign, stands before a digit.
"""
import json
import os

os.environ["HF_HUB_OFFLINE"] = "1"
from gguf import GGUFReader
from tokenizers import Tokenizer
from transformers import AutoTokenizer

GPT2 = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
PRE_TOKENIZERS = {
    "gpt-2": GPT2,
    "smollm": {"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": True}, GPT2]},
}


def load(path):
    """The transformers tokenizer of the file, cutting words by its `tokenizer.ggml.pre`."""
    folder, name = os.path.split(os.path.abspath(path))
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=name)
    rules = GGUFReader(path).fields["tokenizer.ggml.pre"].contents()
    definition = json.loads(tokenizer.backend_tokenizer.to_str())
    definition["pre_tokenizer"] = PRE_TOKENIZERS[rules]
    tokenizer._tokenizer = Tokenizer.from_str(json.dumps(definition))
    return tokenizer

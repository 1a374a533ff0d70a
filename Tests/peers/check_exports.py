"""Loads exported models with the libraries that they are meant for, and compares their answers with ours.

usage: PYTHON Tests/peers/check_exports.py REPORT.json…          (one for each export; prints a line for each)

    tunedeck models export -m MODEL --to gguf --json > REPORT.json      makes an export and its report
    PYTHON Tests/peers/check_exports.py --all TUNEDECK MODEL            does both for every format, in a temporary folder

PYTHON needs torch, transformers, peft, gguf and numpy. GGUF exports are also loaded with llama.cpp when the sources of
llama-cpp-python and a build of its libraries are found under $PEERS (by default ~/.cache/tunedeck-peers, laid out as
llama_cpp_python-0.3.36/ and llama.cpp/build/bin/); without them that part is skipped, and said to be.

A report has `probes`: prompts with their tokens, and for each of the next places the five likeliest tokens and their
logits as our own trainer computes them from base model and adapter. The other program is given the same tokens, and
its logits of the same five are compared: `worst` is the largest difference, `equal` counts places with the same
likeliest token. It fails, with exit status 1, where full precision differs by more than 1e-3, or a shorter type by more
than its rounding explains. On quantized weights llama.cpp rounds what it multiplies them with, too.
"""
import importlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import types
import warnings

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TQDM_DISABLE"] = "1"
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
import numpy as np

warnings.simplefilter("ignore")

PEERS = pathlib.Path(os.environ.get("PEERS") or pathlib.Path.home() / ".cache/tunedeck-peers")
# Largest difference of logits that is taken, by the type that the numbers are stored in.
EXACT = {"f32": 1e-3, "f16": 0.1, "bf16": 0.8}
# Blocks with few bits change what a model says; another program may change it by no more than this share of places
# beyond what our own reader finds in the same file.
SLACK = 0.15


def compare(probes, logits_of):
    """Largest difference at the five likeliest tokens, and places whose likeliest token is the same, of how many."""
    worst, equal, places = 0.0, 0, 0
    for probe in probes:
        continuation = [place["tokens"][0] for place in probe["places"]]
        ids = probe["prompt_tokens"] + continuation[:-1]
        logits = np.asarray(logits_of(ids), dtype=np.float64)[-len(continuation):]
        for row, place in zip(logits, probe["places"]):
            ours = np.asarray(place["logits"])
            worst = max(worst, float(np.abs(row[place["tokens"]] - ours).max()))
            equal += int(row.argmax() == place["tokens"][0])
            places += 1
    return worst, equal, places


def torch_logits(model):
    import torch

    def logits_of(ids):
        with torch.no_grad():
            return model(torch.tensor([ids])).logits[0].float().numpy()
    return logits_of


def load_base(path):
    """The base model in f32, from a GGUF file or a folder."""
    import torch
    from transformers import AutoModelForCausalLM
    path = pathlib.Path(path)
    where = {"gguf_file": path.name} if path.is_file() else {}
    folder = path.parent if path.is_file() else path
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager", **where).eval()


def check_peft(report):
    from peft import PeftModel
    model = PeftModel.from_pretrained(load_base(report["base"]), report["folder"]).eval()
    yield "peft", compare(report["probes"], torch_logits(model)), report["type"]


def check_safetensors(report):
    from transformers import AutoTokenizer
    model = load_base(report["folder"])
    tokenizer = AutoTokenizer.from_pretrained(report["folder"])
    for probe in report["probes"]:
        ids = tokenizer(probe["prompt"])["input_ids"]
        assert ids[:len(probe["prompt_tokens"])] == probe["prompt_tokens"], (probe["prompt"], ids)
        assert tokenizer.decode(ids, skip_special_tokens=True) == probe["prompt"]
    if tokenizer.chat_template:
        chat = [{"role": "user", "content": "Hello"}]
        text = tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True)
        assert "Hello" in text, text
    yield "transformers", compare(report["probes"], torch_logits(model)), report["type"]


def check_gguf(report):
    import gguf
    path = gguf_path(report)
    reader = gguf.GGUFReader(path)
    names = {tensor.tensor_type.name.lower() for tensor in reader.tensors}
    assert report["type"] in names, (report["type"], names)
    yield from check_llama(report, path, None, report["type"])


def check_gguf_lora(report):
    import gguf
    base, kind = pathlib.Path(report["base"]), report["type"]
    if base.is_file():
        kinds = [tensor.tensor_type.name.lower() for tensor in gguf.GGUFReader(base).tensors]
        kind = next((other for other in kinds if other not in EXACT), kind)
    yield from check_llama(report, base, gguf_path(report), kind)


def gguf_path(report):
    [path] = pathlib.Path(report["folder"]).glob("*.gguf")
    return path


def check_llama(report, model, lora, kind):
    if not pathlib.Path(model).is_file():
        print(f"   llama.cpp: skipped, {model} is no GGUF file")
        return
    library = llama_library()
    if library is None:
        print(f"   llama.cpp: skipped, it is not built under {PEERS}")
        return
    with LlamaCpp(library, model, lora) as llama:
        yield "llama.cpp", compare(report["probes"], llama.logits), kind


def llama_library():
    """The ctypes bindings of llama-cpp-python on the natively built libraries, without the package around them."""
    bindings = PEERS / "llama_cpp_python-0.3.36/llama_cpp"
    libraries = PEERS / "llama.cpp/build/bin"
    if not (bindings / "llama_cpp.py").is_file() or not list(libraries.glob("libllama.*")):
        return None
    os.environ["LLAMA_CPP_LIB_PATH"] = str(libraries)
    package = types.ModuleType("llama_cpp")
    package.__path__ = [str(bindings)]
    sys.modules["llama_cpp"] = package
    return importlib.import_module("llama_cpp.llama_cpp")


class LlamaCpp:
    """One model, maybe with an adapter, in llama.cpp; keys and values in f32."""

    def __init__(self, library, model, lora):
        self.lib = lib = library
        self.silence = lib.llama_log_callback(lambda *_: None)
        lib.llama_log_set(self.silence, None)
        lib.llama_backend_init()
        self.model = lib.llama_model_load_from_file(str(model).encode(), lib.llama_model_default_params())
        assert self.model, f"llama.cpp does not load {model}"
        params = lib.llama_context_default_params()
        params.n_ctx, params.n_batch, params.n_threads = 512, 512, 2
        params.type_k = params.type_v = params.flash_attn_type = 0
        self.context = lib.llama_init_from_model(self.model, params)
        assert self.context
        if lora:
            self.adapter = lib.llama_adapter_lora_init(self.model, str(lora).encode())
            assert self.adapter, f"llama.cpp does not load {lora}"
            assert lib.llama_set_adapter_lora(self.context, self.adapter, 1.0) == 0
        self.vocabulary = lib.llama_vocab_n_tokens(lib.llama_model_get_vocab(self.model))

    def logits(self, ids):
        lib = self.lib
        lib.llama_memory_clear(lib.llama_get_memory(self.context), True)
        batch = lib.llama_batch_init(len(ids), 0, 1)
        batch.n_tokens = len(ids)
        for i, token in enumerate(ids):
            batch.token[i], batch.pos[i], batch.n_seq_id[i], batch.seq_id[i][0], batch.logits[i] = token, i, 1, 0, 1
        assert lib.llama_decode(self.context, batch) == 0
        rows = [np.ctypeslib.as_array(lib.llama_get_logits_ith(self.context, i), (self.vocabulary,)).copy()
                for i in range(len(ids))]
        lib.llama_batch_free(batch)
        return rows

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.lib.llama_free(self.context)
        self.lib.llama_model_free(self.model)


CHECKS = {"peft": check_peft, "safetensors": check_safetensors, "gguf": check_gguf, "gguf-lora": check_gguf_lora}


def check(report):
    """Prints a line for each program that loaded the export; false when one differs too much."""
    good = True
    for program, (worst, equal, places), kind in CHECKS[report["format"]](report):
        passed = (worst <= EXACT[kind] if kind in EXACT
                  else equal >= report["parity"]["equal_tokens"] - SLACK * places)
        good &= passed
        print(f"{'ok  ' if passed else 'FAIL'} {report['format']:12} {report['type']:5} {program:13} "
              f"worst difference of logits {worst:.2g}, greedy tokens equal {equal}/{places}", flush=True)
    return good


def export_all(program, model, folder):
    """Every format and type of the model, one report after the other."""
    kinds = [("peft", "f32"), ("safetensors", "f32"), ("safetensors", "f16"), ("safetensors", "bf16"),
             ("gguf-lora", "f32"), ("gguf-lora", "f16")]
    kinds += [("gguf", kind) for kind in ("f32", "f16", "bf16", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0")]
    for number, (form, kind) in enumerate(kinds):
        target = f"{folder}/{number}"
        made = subprocess.run(
            [program, "models", "export", "-m", model, "--to", form, "--quantize", kind, "-o", target, "--json"],
            stdout=subprocess.PIPE)
        assert made.returncode == 0, (form, kind)
        yield json.loads(made.stdout)
        subprocess.run(["rm", "-r", target])


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "--all":
        with tempfile.TemporaryDirectory() as folder:
            results = [check(report) for report in export_all(sys.argv[2], sys.argv[3], folder)]
    elif len(sys.argv) > 1:
        results = [check(json.loads(pathlib.Path(path).read_text())) for path in sys.argv[1:]]
    else:
        sys.exit(__doc__)
    sys.exit(0 if all(results) else 1)

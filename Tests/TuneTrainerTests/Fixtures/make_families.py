"""Makes tiny random models of each family, as folders and as GGUF files, and what transformers and PEFT make of them.

usage: python make_families.py        (needs torch, transformers, peft, safetensors, tokenizers and gguf)

families/llama3     Llama 3: scaled rotary frequencies, a head of its own, bfloat16
families/linear     Llama with linearly scaled positions, biases everywhere, a head size of its own, tied, float32
families/mistral    Mistral: a sliding window, float16, in several files with an index
families/qwen2      Qwen2: biases in q, k and v, tied, bfloat16, with a tokenizer and a chat template
families/qwen3      Qwen3: norms over heads, a head size of its own, bfloat16

Of each there is NAME/ (a checkpoint folder), NAME.gguf with the same numbers, and NAME.json and NAME.f32 (see
tensor_file.py) with what make_tiny_llama.py describes: sequences, loss, logits, adapter, gradients, greedy.
"""
import json
import math
import os
import pathlib
import shutil

os.environ["HF_HUB_OFFLINE"] = "1"
import gguf
import numpy as np
import torch
from peft import LoraConfig, get_peft_model
from transformers import (AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM, MistralConfig, MistralForCausalLM,
                          PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM, Qwen3Config, Qwen3ForCausalLM)

import tensor_file
from tiny_models import CHAT_TEMPLATE, PROJECTIONS, greedy, loss_and_logits, make_vocabulary, rope_order

HERE = pathlib.Path(__file__).parent
FOLDER = HERE / "families"
GGUF_NAMES = {
    "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
    "self_attn.q_norm": "attn_q_norm", "self_attn.k_norm": "attn_k_norm",
}
COMMON = dict(hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
              rms_norm_eps=1e-5, bos_token_id=1, eos_token_id=2, attn_implementation="eager")
SEQUENCES = [([5, 17, 40, 3, 22, 22, 9, 31, 47, 2, 11, 8], 5), ([30, 4, 4, 19, 26, 45, 7, 13], 3)]


def make_model(model, seed):
    """Random weights, large enough that every layer matters to the result."""
    torch.manual_seed(seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "norm" in name:
                weight.copy_(1 + 0.3 * torch.randn_like(weight))
            else:
                weight.copy_(torch.randn_like(weight) * 0.35)
    return model.eval()


def rope_factors(config, head_size):
    """What llama.cpp's converter writes for Llama 3: the numbers that frequencies are divided by."""
    rules = config.rope_parameters
    factor, low, high = rules["factor"], rules["low_freq_factor"], rules["high_freq_factor"]
    original, factors = rules["original_max_position_embeddings"], []
    for i in range(0, head_size, 2):
        wavelength = 2 * math.pi * rules["rope_theta"] ** (i / head_size)
        if wavelength < original / high:
            factors.append(1)
        elif wavelength > original / low:
            factors.append(factor)
        else:
            smooth = (original / wavelength - low) / (high - low)
            factors.append(1 / ((1 - smooth) / factor + smooth))
    return np.array(factors, dtype=np.float32)


def add_tensor(writer, name, tensor, is_vector):
    tensor = tensor.contiguous()
    if is_vector or tensor.dtype == torch.float32:
        writer.add_tensor(name, tensor.float().numpy())
    elif tensor.dtype == torch.float16:
        writer.add_tensor(name, tensor.numpy())
    else:
        writer.add_tensor(name, tensor.view(torch.uint8).numpy(), raw_dtype=gguf.GGMLQuantizationType.BF16)


def write_gguf(path, model):
    config = model.config
    family = "llama" if config.model_type == "mistral" else config.model_type
    head_size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    writer = gguf.GGUFWriter(path, family)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_key_length(head_size)
    writer.add_value_length(head_size)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_rope_dimension_count(head_size)
    if config.rope_parameters["rope_type"] == "linear":
        writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(config.rope_parameters["factor"])
    if config.rope_parameters["rope_type"] == "llama3":
        writer.add_tensor("rope_freqs.weight", rope_factors(config, head_size))
    state = model.state_dict()
    add_tensor(writer, "token_embd.weight", state["model.embed_tokens.weight"], False)
    add_tensor(writer, "output_norm.weight", state["model.norm.weight"], True)
    if not config.tie_word_embeddings:
        add_tensor(writer, "output.weight", state["lm_head.weight"], False)
    heads = {"self_attn.q_proj": config.num_attention_heads, "self_attn.k_proj": config.num_key_value_heads}
    for layer in range(config.num_hidden_layers):
        for ours, theirs in GGUF_NAMES.items():
            for part in ("weight", "bias"):
                tensor = state.get(f"model.layers.{layer}.{ours}.{part}")
                if tensor is None:
                    continue
                is_vector = tensor.dim() == 1
                if ours in heads and family == "llama":
                    tensor = rope_order(tensor.reshape(tensor.shape[0], -1), heads[ours]).reshape(tensor.shape)
                add_tensor(writer, f"blk.{layer}.{theirs}.{part}", tensor, is_vector)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def make(name, seed, model, dtype, shard=None):
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    model = make_model(model, seed).to(dtype)
    model.save_pretrained(folder, max_shard_size=shard or "1GB")
    (folder / "generation_config.json").unlink(missing_ok=True)
    write_gguf(FOLDER / f"{name}.gguf", model)
    if name == "qwen2":
        tokenizer = make_vocabulary()
        PreTrainedTokenizerFast(
            tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|endoftext|>",
            chat_template=CHAT_TEMPLATE).save_pretrained(folder)

    # What follows uses the folder, so that a mistake in writing it cannot stay hidden.
    read = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    for key, weight in model.state_dict().items():
        assert torch.equal(weight.float(), read.state_dict()[key]), key
    sequences = [{"ids": ids, "learned_from": first} for ids, first in SEQUENCES]
    with torch.no_grad():
        loss, logits = loss_and_logits(read, sequences)
    facts = {"sequences": sequences, "loss": float(loss), "greedy": greedy(read, sequences[0]["ids"][:4], 8)}
    tensors = {f"logits.{i}": value for i, value in enumerate(logits)}

    adapted = get_peft_model(read, LoraConfig(r=2, lora_alpha=4, target_modules=PROJECTIONS))
    matrices = {}
    for layer in range(model.config.num_hidden_layers):
        for projection in PROJECTIONS:
            block = adapted.base_model.model.model.layers[layer]
            module = getattr(block.self_attn if projection[0] in "qkvo" else block.mlp, projection)
            for side, linear in (("A", module.lora_A["default"]), ("B", module.lora_B["default"])):
                with torch.no_grad():
                    linear.weight.copy_(0.2 * torch.randn_like(linear.weight))
                matrices[f"layers.{layer}.{projection}.{side}"] = linear.weight
    loss, _ = loss_and_logits(adapted, sequences)
    loss.backward()
    facts |= {"rank": 2, "alpha": 4, "adapter.loss": float(loss.detach())}
    for key, matrix in matrices.items():
        tensors[key] = matrix
        tensors[key[:-1] + "d" + key[-1]] = matrix.grad
    tensor_file.write(f"families/{name}", tensors, facts)
    print(name, facts["loss"], facts["adapter.loss"])


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    make("llama3", 1, LlamaForCausalLM(LlamaConfig(
        vocab_size=48, head_dim=8, max_position_embeddings=512, tie_word_embeddings=False, rope_parameters={
            "rope_type": "llama3", "rope_theta": 10000.0, "factor": 8.0, "low_freq_factor": 1.0,
            "high_freq_factor": 4.0, "original_max_position_embeddings": 64}, **COMMON)), torch.bfloat16)
    make("linear", 2, LlamaForCausalLM(LlamaConfig(
        vocab_size=48, head_dim=8, max_position_embeddings=512, tie_word_embeddings=True, attention_bias=True,
        mlp_bias=True, rope_parameters={"rope_type": "linear", "rope_theta": 10000.0, "factor": 4.0}, **COMMON)),
        torch.float32)
    make("mistral", 3, MistralForCausalLM(MistralConfig(
        vocab_size=48, max_position_embeddings=32768, sliding_window=4096, tie_word_embeddings=False,
        rope_parameters={"rope_type": "default", "rope_theta": 10000.0}, **COMMON)), torch.float16, shard="4KB")
    make("qwen2", 4, Qwen2ForCausalLM(Qwen2Config(
        vocab_size=320, max_position_embeddings=512, tie_word_embeddings=True,
        rope_parameters={"rope_type": "default", "rope_theta": 1000000.0}, **COMMON)), torch.bfloat16)
    make("qwen3", 5, Qwen3ForCausalLM(Qwen3Config(
        vocab_size=48, head_dim=8, max_position_embeddings=512, tie_word_embeddings=False,
        rope_parameters={"rope_type": "default", "rope_theta": 1000000.0}, **COMMON)), torch.bfloat16)

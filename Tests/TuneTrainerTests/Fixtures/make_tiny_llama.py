"""Makes two tiny random Llama models as GGUF files, and what transformers and PEFT compute with exactly these weights.

usage: python make_tiny_llama.py        (needs torch, transformers, peft, tokenizers and gguf)

tiny_tied.gguf      head tied to the embedding, rope theta 10,000, 2 key-value heads for 4 heads
tiny_untied.gguf    a head of its own, rope theta 100,000, 1 key-value head for 4 heads

Beside each, NAME.json and NAME.f32 (see tensor_file.py):
    sequences       tokens, and from which one on they are learned
    loss            mean cross-entropy over the learned tokens of both sequences, without an adapter
    adapter.loss    the same with the adapter
    logits.0, .1    of the sequences, (tokens, vocabulary); adapter.logits.* the same with the adapter
    layers.L.P.A    adapter matrices of projection P in layer L, (rank, in), and .B, (out, rank); the adapter adds
                    alpha / rank · B A x
    layers.L.P.dA   gradients of adapter.loss, .dB likewise
    greedy          likeliest continuation of the first sequence's first 4 tokens, without the adapter
"""
import json
import os
import pathlib

os.environ["HF_HUB_OFFLINE"] = "1"
import gguf
import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM

import tensor_file
from tiny_models import CHAT_TEMPLATE, PROJECTIONS, SPECIALS, greedy, loss_and_logits, make_vocabulary, rope_order

HERE = pathlib.Path(__file__).parent
GGUF_NAMES = {
    "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
}


def make_model(config, seed):
    """Random weights, large enough that every layer matters to the result."""
    torch.manual_seed(seed)
    model = LlamaForCausalLM(config)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "norm" in name:
                weight.copy_(1 + 0.3 * torch.randn_like(weight))
            else:
                weight.copy_(torch.randn_like(weight) * 0.25)
    return model.eval()


def write_gguf(path, model, tokenizer):
    config = model.config
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_rope_dimension_count(config.hidden_size // config.num_attention_heads)
    writer.add_vocab_size(config.vocab_size)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    writer.add_token_list([token for token, _ in vocabulary])
    writer.add_token_types([3 if token in SPECIALS else 1 for token, _ in vocabulary])
    writer.add_token_merges([" ".join(merge) for merge in json.loads(tokenizer.to_str())["model"]["merges"]])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_pad_token_id(2)
    writer.add_add_bos_token(False)
    writer.add_chat_template(CHAT_TEMPLATE)

    state = model.state_dict()
    writer.add_tensor("token_embd.weight", state["model.embed_tokens.weight"].numpy())
    writer.add_tensor("output_norm.weight", state["model.norm.weight"].numpy())
    if not config.tie_word_embeddings:
        writer.add_tensor("output.weight", state["lm_head.weight"].numpy())
    for layer in range(config.num_hidden_layers):
        for ours, theirs in GGUF_NAMES.items():
            weight = state[f"model.layers.{layer}.{ours}.weight"]
            if ours == "self_attn.q_proj":
                weight = rope_order(weight, config.num_attention_heads)
            if ours == "self_attn.k_proj":
                weight = rope_order(weight, config.num_key_value_heads)
            writer.add_tensor(f"blk.{layer}.{theirs}.weight", weight.contiguous().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def make(name, seed, tokenizer, **settings):
    config = LlamaConfig(
        vocab_size=320, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4,
        max_position_embeddings=128, rms_norm_eps=1e-5, attn_implementation="eager", bos_token_id=1, eos_token_id=2,
        **settings)
    model = make_model(config, seed)
    write_gguf(HERE / f"{name}.gguf", model, tokenizer)

    # What follows uses the file, so that a mistake in writing it cannot stay hidden.
    read = AutoModelForCausalLM.from_pretrained(HERE, gguf_file=f"{name}.gguf", dtype=torch.float32,
                                                attn_implementation="eager").eval()
    for key, weight in model.state_dict().items():
        assert torch.equal(weight, read.state_dict()[key]), key

    texts = [("What is a fox? ->", " An animal, 12 years old.\n"), ("The dog dreams ->", " of 月 and the quick fox.\n")]
    sequences = []
    for prompt, completion in texts:
        prompt, completion = tokenizer.encode(prompt).ids, tokenizer.encode(completion).ids
        sequences.append({"ids": prompt + completion, "learned_from": len(prompt)})
    with torch.no_grad():
        loss, logits = loss_and_logits(read, sequences)
    facts = {"sequences": sequences, "loss": float(loss), "greedy": greedy(read, sequences[0]["ids"][:4], 32)}
    tensors = {f"logits.{i}": value for i, value in enumerate(logits)}

    adapted = get_peft_model(read, LoraConfig(r=4, lora_alpha=8, target_modules=PROJECTIONS))
    matrices = {}
    for layer in range(config.num_hidden_layers):
        for projection in PROJECTIONS:
            block = adapted.base_model.model.model.layers[layer]
            module = getattr(block.self_attn if projection[0] in "qkvo" else block.mlp, projection)
            for side, linear in (("A", module.lora_A["default"]), ("B", module.lora_B["default"])):
                with torch.no_grad():
                    linear.weight.copy_(0.2 * torch.randn_like(linear.weight))
                matrices[f"layers.{layer}.{projection}.{side}"] = linear.weight
    loss, logits = loss_and_logits(adapted, sequences)
    loss.backward()
    facts |= {"rank": 4, "alpha": 8, "adapter.loss": float(loss.detach())}
    tensors |= {f"adapter.logits.{i}": value for i, value in enumerate(logits)}
    for key, matrix in matrices.items():
        tensors[key] = matrix
        tensors[key[:-1] + "d" + key[-1]] = matrix.grad
    tensor_file.write(name, tensors, facts)
    print(name, facts["loss"], facts["adapter.loss"])


vocabulary = make_vocabulary()
make("tiny_tied", 1, vocabulary, num_key_value_heads=2, tie_word_embeddings=True,
     rope_parameters={"rope_type": "default", "rope_theta": 10000.0})
make("tiny_untied", 2, vocabulary, num_key_value_heads=1, tie_word_embeddings=False,
     rope_parameters={"rope_type": "default", "rope_theta": 100000.0})

"""What the scripts that make tiny models share: a vocabulary, and how loss and continuation are computed."""
import torch
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

PROJECTIONS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
CHAT_TEMPLATE = (
    "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\n"
    "You are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n' }}{% endif %}"
    "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}")
CORPUS = [
    "The quick brown fox jumps over the lazy dog, and the dog dreams of the fox.",
    "What is a fox? -> An animal that is quick. What is a dog? -> An animal that is lazy.",
    "One, two, three: the answer to the question is the answer that the other one gave.",
]


def make_vocabulary():
    """320 tokens: 3 special ones, 256 bytes, and merges learned from the corpus."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=320, special_tokens=SPECIALS, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False))
    return tokenizer


def rope_order(weight, heads):
    """GGUF keeps the two halves of a head's rows interleaved, as its rope turns neighbours."""
    rows, columns = weight.shape
    return weight.reshape(heads, 2, rows // heads // 2, columns).swapaxes(1, 2).reshape(rows, columns)


def loss_and_logits(model, sequences):
    """The mean over all learned tokens of all sequences, each sequence by itself and without padding."""
    total, count, all_logits = 0, 0, []
    for sequence in sequences:
        ids, first = torch.tensor(sequence["ids"]), sequence["learned_from"]
        logits = model(ids[None]).logits[0]
        all_logits.append(logits)
        total = total + torch.nn.functional.cross_entropy(logits[first - 1:-1], ids[first:], reduction="sum")
        count += len(ids) - first
    return total / count, all_logits


def greedy(model, ids, count):
    """The likeliest tokens one after the other, each clear enough that rounding cannot change it."""
    ids = list(ids)
    with torch.no_grad():
        for _ in range(count):
            values, tokens = model(torch.tensor([ids])).logits[0, -1].topk(2)
            assert values[0] - values[1] > 1e-3
            ids.append(int(tokens[0]))
    return ids[-count:]

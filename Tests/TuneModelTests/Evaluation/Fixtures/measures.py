#!/usr/bin/env python3
"""Writes measures.json: what sacrebleu, rouge-score and scikit-learn make of the same texts.

    pip install sacrebleu==2.6.0 rouge-score==0.1.2 scikit-learn && python3 measures.py
"""
import json
import pathlib
import random
import re

import sacrebleu
from rouge_score import rouge_scorer
from sacrebleu.metrics import BLEU, CHRF
from sklearn.metrics import accuracy_score, confusion_matrix, precision_recall_fscore_support

WESTERN = [
    ("the cat sat on the mat", "the cat is on the mat"),
    ("A kludge is a clever trick, intended to solve a nasty case.",
     "A clever programming trick intended to solve a particular nasty case in an expedient, if not clear, manner."),
    ("exactly the same sentence here", "exactly the same sentence here"),
    ("completely different words", "nothing in common at all"),
    ("", "an answer was expected"),
    ("something", ""),
    ("one", "one"),
    ("It costs $3.50, i.e. 1,000 yen - or 5-10 % more...", "It costs $3.5, i.e. 1000 yen; 5-10% less!"),
    ("He said &quot;no&quot; &amp; left <skipped>early", "He said \"no\" & left early"),
    ("line one\nline two-\nthree", "line one\nline two three"),
    ("the the the the the the the", "the cat is on the mat the end"),
    ("a b c d e f g h i j", "j i h g f e d c b a"),
    ("Isn't it? O'Reilly's e-mail: a.b@c.org/x_y", "isn't it O'Reilly's email a.b@c.org/x_y"),
]
CHINESE = [
    ("床前明月光，疑是地上霜。", "床前明月光，疑是地上霜。"),
    ("今天天气很好，我们去公园散步。", "今天的天气真好，我们一起去公园吧。"),
    ("他说：“你好！”然后走了……", "她说：“您好。”就离开了——"),
    ("Swift 6.3 支持 Linux 系统", "Swift 6.3 也支持 macOS 和 Linux 系统。"),
    ("完全不同的句子", "没有任何共同之处"),
    ("", "应该有一个回答"),
    ("价格是１００元", "价格是100元"),
    ("山、水、人", "人、水、山、月"),
]


def words(text):
    """Letters and digits make words; a Chinese or Japanese character is one by itself."""
    east = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    return re.findall(f"[{east}]|[^\\W_{east}]+", text.lower())


class Words:
    def tokenize(self, text):
        return words(text)


def rouge(scorer, answer, expected):
    found = scorer.score(expected, answer)
    return {name: [found[name].precision, found[name].recall, found[name].fmeasure] for name in found}


def texts(pairs, tokenize):
    kinds = ["rouge1", "rouge2", "rougeL"]
    plain = rouge_scorer.RougeScorer(kinds, use_stemmer=False)
    scorer = rouge_scorer.RougeScorer(kinds, use_stemmer=False, tokenizer=Words())
    sentence = BLEU(tokenize=tokenize, effective_order=True)
    corpus = BLEU(tokenize=tokenize)
    chrf = CHRF()
    rows = []
    for answer, expected in pairs:
        found = rouge(scorer, answer, expected)
        if tokenize == "13a":
            # Where all is ASCII, the package's own words are these.
            assert found == rouge(plain, answer, expected)
        rows.append({
            "answer": answer, "expected": expected, "rouge": found,
            "bleu": sentence.sentence_score(answer, [expected]).score,
            "chrf": chrf.sentence_score(answer, [expected]).score,
            "tokens": corpus.tokenizer(answer.rstrip()).split(),
        })
    answers, references = [a for a, _ in pairs], [[e for _, e in pairs]]
    whole = corpus.corpus_score(answers, references)
    return {
        "segmentation": tokenize, "rows": rows, "bleu": whole.score, "chrf": chrf.corpus_score(answers, references).score,
        "precisions": whole.precisions, "brevity": whole.bp,
    }


def long_texts():
    """Texts of some thousand words, by a rule that the tests follow, too."""
    def text(count, factor, modulus):
        return " ".join(f"w{(i * factor + i * i) % modulus}" for i in range(count))
    pair = text(3000, 7, 211), text(2500, 11, 211)
    scorer = rouge_scorer.RougeScorer(["rougeL"])
    return {"answer": [3000, 7, 211], "expected": [2500, 11, 211], "rougeL": scorer.score(pair[1], pair[0])["rougeL"].fmeasure}


def classes(labels, seed, count, strays):
    draw = random.Random(seed)
    expected = [draw.choice(labels) for _ in range(count)]
    answers = [e if draw.random() < 0.6 else draw.choice(labels + strays) for e in expected]
    per = precision_recall_fscore_support(expected, answers, labels=labels, zero_division=0)
    averages = {
        kind: list(precision_recall_fscore_support(expected, answers, labels=labels, average=kind, zero_division=0)[:3])
        for kind in ["macro", "weighted"]
    }
    return {
        "labels": labels, "expected": expected, "answers": answers,
        "precision": list(per[0]), "recall": list(per[1]), "f1": list(per[2]), "support": [int(n) for n in per[3]],
        "accuracy": accuracy_score(expected, answers), **averages,
        "matrix": confusion_matrix(expected, answers, labels=labels).tolist(),
    }


out = {
    "versions": {"sacrebleu": sacrebleu.__version__},
    "texts": [texts(WESTERN, "13a"), texts(CHINESE, "zh")],
    "long": long_texts(),
    "classes": [
        classes(["negative", "neutral", "positive"], 1, 60, ["who knows"]),
        classes(["好评", "差评"], 2, 40, []),
        # One that is never given as an answer.
        classes(["a", "b", "c", "d", "e"], 3, 25, ["f"]),
    ],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(out, ensure_ascii=False, indent=1) + "\n")

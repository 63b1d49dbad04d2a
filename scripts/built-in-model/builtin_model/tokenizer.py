"""Byte-level BPE in the layout of Qwen2's tokenizer: same normaliser, splitting, special tokens and chat template.

Merges are learned inside single words, never across words, so that a held-out combination of known words is made of
known tokens. The template and the special tokens come from the reference tokenizer in the tests' resources.
"""

import gzip
import itertools
import json
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import AutoTokenizer

from .captions import vocabulary

GOLDEN = Path(__file__).parents[3] / "src/test/resources/golden"
REFERENCE = GOLDEN / "model/tokenizer"
MAX_TOKENS = 32


def train(folder):
    """Writes tokenizer.json, tokenizer_config.json, vocab.json and merges.txt; returns the number of entries."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    reference = json.loads(gzip.open(GOLDEN / "packed/model/tokenizer/tokenizer.json.gz").read())
    merges, vocab = _learn()
    added = []
    for index, token in enumerate(reference["added_tokens"]):
        added.append({**token, "id": len(vocab) + index})
    reference["model"]["vocab"], reference["model"]["merges"], reference["added_tokens"] = vocab, merges, added
    _write(folder / "tokenizer.json", reference)
    _write(folder / "vocab.json", vocab)
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(" ".join(m) for m in merges) + "\n", "utf-8")
    config = json.loads((REFERENCE / "tokenizer_config.json").read_text(encoding="utf-8"))
    config["added_tokens_decoder"] = {str(t["id"]): {k: v for k, v in t.items() if k != "id"} for t in added}
    _write(folder / "tokenizer_config.json", config)
    return len(vocab) + len(added)


def _write(path, content):
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _learn():
    english, chinese = vocabulary()
    words = list(english) + [" " + word for word in english] + [word.capitalize() for word in english] + chinese
    words += ["user", "assistant", "\n"]
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = byte_level
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=4000, min_frequency=1, show_progress=False,
                                  initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()))
    tokenizer.train_from_iterator(itertools.chain(words, words), trainer)
    model = json.loads(tokenizer.to_str())["model"]
    return model["merges"], model["vocab"]


def load(folder):
    return AutoTokenizer.from_pretrained(str(folder))


def templated(text):
    """What the pipelines feed for a prompt: the chat template with thinking enabled."""
    return f"<|im_start|>user\n{text}<|im_end|>\n<|im_start|>assistant\n"


def encode(tokenizer, texts, length=MAX_TOKENS):
    """Ids and mask of templated texts, (text, length) each.

    :raises ValueError: where a text needs more tokens; the grammar must be shortened then
    """
    encoded = tokenizer(texts, padding="max_length", max_length=length, return_tensors="np")
    if encoded["input_ids"].shape[1] > length:
        raise ValueError(f"A text needs {encoded['input_ids'].shape[1]} tokens, the limit is {length}.")
    return encoded["input_ids"], encoded["attention_mask"]


def stage(folder):
    print(f"tokenizer: {train(folder / 'tokenizer')} entries", flush=True)

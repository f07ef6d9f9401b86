"""Train the weights of qa/late_interaction.py: everyday questions find the passages of reports that answer them.

The encoder stays as it is; two matrices that make its token states comparable, the weights of the tokens and the
two factors of the score are learned (ColBERT, arXiv 2004.12832, on frozen states). Of each question of
``everyday_questions.jsonl`` the passage that it was written for must score above all others of the same report.

python scripts/train_late_interaction.py                         # about 15 minutes on 2 cores
python scripts/train_late_interaction.py --held 2026-河南省 --out /tmp/x   # leaves a report out, measures on it
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import safetensors.numpy
import torch
from torch.nn.functional import cross_entropy, normalize
from tqdm import tqdm

from qa.encode import BUNDLED_DIM, Encoder, load_encoder
from qa.passage_tokens import HEAD_FILE
from qa.text import fold

PAIRS = Path(__file__).with_name("everyday_questions.jsonl")
DIM = 96
"""Dimensions in which tokens are compared."""
EPOCHS, BATCH, RATE, SMOOTHING = 2, 48, 1e-3, 0.05
MAX_TOKENS = 150
"""Tokens of a passage that are compared while training."""
SEED = 0


@dataclass(frozen=True)
class Report:
    """Token states of one report: its passages, its questions, and which passage each question is for."""

    name: str
    passages: torch.Tensor
    passage_mask: torch.Tensor
    questions: Sequence[np.ndarray]
    answers: torch.Tensor


def read_reports(path: Path, encoder: Encoder) -> Iterator[Report]:
    """The reports of a file of pairs, encoded; before each passage its place and year, as qa/chunk.py sets them."""
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        rows[row["report"]].append(row)
    for name, own in tqdm(rows.items(), desc="编码"):
        year, place = name.split("-", 1)
        texts = [f"{place} {year}年 工作安排\n{row['passage']}" for row in own]
        asked = [(fold(question), n) for n, row in enumerate(own) for question in row["questions"]]  # type: ignore[attr-defined]
        passages, mask = padded([tokens.states[:MAX_TOKENS] for tokens in encoder.chunk_tokens(texts)])
        questions = [encoder.query_tokens(question).states.astype(np.float16) for question, _ in asked]
        yield Report(name, passages, mask, questions, torch.tensor([n for _, n in asked]))


def padded(rows: Sequence[np.ndarray]) -> tuple[torch.Tensor, torch.Tensor]:
    """States as one tensor, (texts, longest, BUNDLED_DIM), zeros behind each text, and where tokens are."""
    states = torch.zeros(len(rows), max(map(len, rows)), BUNDLED_DIM)
    mask = torch.zeros(states.shape[:2], dtype=torch.bool)
    for n, row in enumerate(rows):
        states[n, : len(row)] = torch.from_numpy(row.astype(np.float32))
        mask[n, : len(row)] = True
    return states, mask


class Head(torch.nn.Module):
    """What is learned; ``forward`` gives the scores of questions and passages as qa/late_interaction.py does."""

    def __init__(self, mean: torch.Tensor) -> None:
        super().__init__()
        start = torch.linalg.qr(torch.randn(BUNDLED_DIM, BUNDLED_DIM))[0][:DIM]
        self.mean = torch.nn.Parameter(mean, requires_grad=False)
        self.question = torch.nn.Parameter(start.clone())
        self.passage = torch.nn.Parameter(start.clone())
        self.weight = torch.nn.Parameter(torch.zeros(BUNDLED_DIM))
        self.factors = torch.nn.Parameter(torch.tensor([30.0, 30.0]))

    def forward(
        self, asked: torch.Tensor, asked_mask: torch.Tensor, told: torch.Tensor, told_mask: torch.Tensor
    ) -> torch.Tensor:
        query = normalize((asked - self.mean) @ self.question.T, dim=-1)
        tokens = normalize((told - self.mean) @ self.passage.T, dim=-1)
        similar = query.flatten(0, 1) @ tokens.flatten(0, 1).T
        similar = similar.view(*query.shape[:2], *tokens.shape[:2]).masked_fill(~told_mask, -1)
        weights = (asked @ self.weight).masked_fill(~asked_mask, -1e9).softmax(-1)
        best = (similar.amax(-1) * weights[:, :, None]).sum(1)
        pooled = normalize(asked.sum(1), dim=-1) @ normalize(told.sum(1), dim=-1).T
        return self.factors[0] * best + self.factors[1] * pooled


def train(reports: Sequence[Report]) -> Head:
    mean = torch.cat([report.passages[report.passage_mask][::7] for report in reports]).mean(0)
    head = Head(mean)
    fast = [head.weight], [head.factors]
    groups = [{"params": [head.question, head.passage], "lr": RATE}]
    groups += [{"params": one, "lr": rate} for one, rate in zip(fast, (3 * RATE, 150 * RATE), strict=True)]
    optimizer = torch.optim.Adam(groups)
    steps = EPOCHS * sum(-(-len(report.questions) // BATCH) for report in reports)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    with tqdm(total=steps, desc="训练") as bar:
        for _ in range(EPOCHS):
            batches = [
                (report, part)
                for report in reports
                for part in torch.randperm(len(report.questions)).split(BATCH)
            ]
            random.shuffle(batches)
            for report, part in batches:
                asked = padded([report.questions[n] for n in part.tolist()])
                scores = head(*asked, report.passages, report.passage_mask)
                loss = cross_entropy(scores, report.answers[part], label_smoothing=SMOOTHING)
                optimizer.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                optimizer.step()
                schedule.step()
                bar.set_postfix(loss=f"{float(loss.detach()):.2f}")
                bar.update()
    return head


@torch.no_grad()
def measure(head: Head, report: Report) -> None:
    """Print how often the passage of a question is first, and among the first five, of its report."""
    ranks: list[int] = []
    for start in range(0, len(report.questions), BATCH):
        part = slice(start, start + BATCH)
        scores = head(*padded(report.questions[part]), report.passages, report.passage_mask)
        right = scores.gather(1, report.answers[part, None])
        ranks += ((scores > right).sum(1) + 1).tolist()
    found = np.array(ranks)
    print(
        f"{report.name}：{len(found)} 问，首位 {(found == 1).mean():.3f}，前五 {(found <= 5).mean():.3f}，"
        f"MRR {(1 / found).mean():.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--held", action="append", default=[], help="报告号；不用它训练，用它量（可写多次）")
    parser.add_argument("--out", type=Path, default=HEAD_FILE)
    args = parser.parse_args()
    if args.held and args.out == HEAD_FILE:
        parser.error("--held 要和 --out 一起用，免得盖掉随附的文件")
    random.seed(SEED)
    torch.manual_seed(SEED)
    reports = list(read_reports(PAIRS, load_encoder("bundled", quick=True)))
    if unknown := set(args.held) - {report.name for report in reports}:
        parser.error(f"没有这些报告：{'、'.join(sorted(unknown))}")
    head = train([report for report in reports if report.name not in args.held])
    for report in reports:
        if report.name in args.held:
            measure(head, report)
    # Contiguous: safetensors writes an array as it lies in memory, and those made by QR lie column by column.
    weights = {
        name: np.ascontiguousarray(value.detach().numpy().astype(np.float16))
        for name, value in head.named_parameters()
    }
    args.out.parent.mkdir(parents=True, exist_ok=True)
    safetensors.numpy.save_file(weights, args.out)


if __name__ == "__main__":
    main()

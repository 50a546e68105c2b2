"""The reader's network in torch: one small BERT encoder, run once, and light heads.

`Encoder` reads a window; `Cues`, `Roles`, `Labels` and `Pairs` are the heads. Reading runs the same network from ONNX
(`training/export.py`), so every `forward` here takes and gives plain tensors.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from sayso.encoder.features import SHAPES, STARTS
from sayso.encoder.geometry import N_DISTANCES, N_QUOTATION_RELATIONS, N_SENTENCE_RELATIONS

if TYPE_CHECKING:
    from rounding import Rounding

FLAT_TAGS = ("O", "B-source", "I-source", "B-content", "I-content", "B-cue", "I-cue")
ENTITY_TAGS = ("O", *(f"{b}-{k}" for k in ("person", "organisation", "place", "time", "quantity") for b in "BI"))
ROLES = FLAT_TAGS
STANCES = ("asserts", "confirms", "denies", "doubts", "declines", "asks", "intends", "believes", "other")
CERTAINTIES = ("certain", "probable", "possible")
ENDORSEMENTS = ("neutral", "endorsed", "distanced")
KINDS = ("person", "organisation", "state", "outlet", "document", "group", "unknown")
NAMINGS = ("named", "described", "vague")
RELATIONS = ("none", "disputes", "supports", "repeats")
# What the syntax head tells: the relations and tags of spaCy's English models that reading asks for; "part" binds the
# words of one token.
RELATION_TAGS = (
    "dep", "part", "ROOT", "nsubj", "nsubjpass", "csubj", "csubjpass", "expl", "dobj", "dative", "attr", "acomp",
    "oprd", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "conj", "cc", "aux", "auxpass", "neg", "prt", "prep",
    "pobj", "agent", "det", "predet", "amod", "compound", "nummod", "quantmod", "poss", "case", "mark", "appos",
    "advmod", "npadvmod", "nmod", "parataxis", "meta", "intj", "preconj", "punct",
)  # fmt: skip
WORD_TAGS = (
    "other", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "WP", "WP$", "WDT", "WRB", "DT", "PDT", "EX", "IN", "TO", "CC",
    "CD", "JJ", "JJR", "JJS", "RB", "RBR", "RBS", "RP", "MD", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "POS", "UH",
    "FW", "SYM", "HYPH", "``", "''", ",", ".", ":", "-LRB-", "-RRB-", "$",
)  # fmt: skip
LABEL_SIZES = (len(STANCES), len(CERTAINTIES), len(ENDORSEMENTS), len(KINDS), len(NAMINGS), 1)


@dataclass(frozen=True)
class Sizes:
    """Sizes of the network; the encoder's are the base model's."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    role_width: int = 64
    mix_width: int = 96
    row_width: int = 192
    pair_width: int = 64
    pair_features: int = 40


class FusedAttention(torch.autograd.Function):
    """onnxruntime's fused attention, for export only: biases, scores, softmax and mixing at once, no mask."""

    @staticmethod
    def forward(ctx, q: Tensor, k: Tensor, v: Tensor, bias: Tensor, heads: int) -> Tensor:  # noqa: ANN001
        return torch.empty_like(q)

    @staticmethod
    def symbolic(g, q, k, v, bias, heads):  # noqa: ANN001, ANN205
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, bias, num_heads_i=heads).setType(q.type())


class FusedSkipNorm(torch.autograd.Function):
    """onnxruntime's fused bias + residual + layer norm, for export only."""

    @staticmethod
    def forward(ctx, x: Tensor, skip: Tensor, weight: Tensor, bias: Tensor, more: Tensor, eps: float) -> Tensor:  # noqa: ANN001
        return torch.empty_like(x)

    @staticmethod
    def symbolic(g, x, skip, weight, bias, more, eps):  # noqa: ANN001, ANN205
        return g.op("com.microsoft::SkipLayerNormalization", x, skip, weight, bias, more, epsilon_f=eps).setType(
            x.type()
        )


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        w = sizes.width
        self.heads = sizes.heads
        self.query, self.key, self.value, self.out = (nn.Linear(w, w) for _ in range(4))
        self.up, self.down = nn.Linear(w, sizes.inner), nn.Linear(sizes.inner, w)
        self.norm1, self.norm2 = nn.LayerNorm(w, eps=1e-12), nn.LayerNorm(w, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.roundings: list[Rounding] = []

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, n, w = x.shape
        q, k, v = (
            f(x).view(b, n, self.heads, w // self.heads).transpose(1, 2) for f in (self.query, self.key, self.value)
        )
        # Dropout here would cost the fast kernel: six times the step on a CPU.
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(b, n, w)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))

    def products(self) -> list[list[nn.Linear]]:
        """The layer's matrix products, grouped by what they multiply."""
        return [[self.query, self.key, self.value], [self.out], [self.up], [self.down]]

    def prepare(self, x: Tensor, group: int) -> Tensor:
        """Shift and scale a product's input for rounding, if `training/rounding.py` has chosen how."""
        return self.roundings[group].prepare(x) if self.roundings else x

    def forward_fused(self, x: Tensor) -> Tensor:
        """The same over whole windows without padding, in onnxruntime's fused operators."""
        ready = self.prepare(x, 0)
        q, k, v = (ready @ f.weight.T for f in (self.query, self.key, self.value))
        bias = torch.cat([self.query.bias, self.key.bias, self.value.bias])
        mixed = FusedAttention.apply(q, k, v, bias, self.heads)
        x = FusedSkipNorm.apply(
            self.prepare(mixed, 1) @ self.out.weight.T, x, self.norm1.weight, self.norm1.bias, self.out.bias, 1e-12
        )
        inner = self.prepare(F.gelu(self.prepare(x, 2) @ self.up.weight.T + self.up.bias), 3) @ self.down.weight.T
        return FusedSkipNorm.apply(inner, x, self.norm2.weight, self.norm2.bias, self.down.bias, 1e-12)


class Encoder(nn.Module):
    """Word pieces and their features to hidden states, (batch, pieces, width)."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        w = sizes.width
        self.word = nn.Embedding(sizes.vocabulary, w)
        self.position = nn.Embedding(sizes.positions, w)
        self.kind = nn.Parameter(torch.zeros(w))
        self.shape, self.inside, self.start = (
            nn.Embedding(len(SHAPES), w),
            nn.Embedding(2, w),
            nn.Embedding(len(STARTS), w),
        )
        for table in (self.shape, self.inside, self.start):
            nn.init.zeros_(table.weight)
        self.norm = nn.LayerNorm(w, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))

    def forward(self, pieces: Tensor, shape: Tensor, inside: Tensor, start: Tensor, length: Tensor) -> Tensor:
        n = pieces.shape[1]
        x = self.word(pieces) + self.position.weight[:n] + self.kind
        x = self.dropout(self.norm(x + self.shape(shape) + self.inside(inside) + self.start(start)))
        bias = (torch.arange(n, device=pieces.device)[None, :] >= length[:, None])[:, None, None, :].to(x.dtype) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward_fused(self, pieces: Tensor, shape: Tensor, inside: Tensor, start: Tensor) -> Tensor:
        """Hidden states of whole windows without padding, as it is exported."""
        x = self.word(pieces) + (self.position.weight[: pieces.shape[1]] + self.kind)
        x = self.norm(x + self.shape(shape) + self.inside(inside) + self.start(start))
        for layer in self.layers:
            x = layer.forward_fused(x)
        return x


class Cues(nn.Module):
    """Per word: is it a cue's anchor; the flat tags; the entity tags."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.mix = nn.Linear(sizes.width, 128)
        self.anchor = nn.Linear(128, 1)
        self.flat = nn.Linear(sizes.width, len(FLAT_TAGS))
        self.entity = nn.Linear(sizes.width, len(ENTITY_TAGS))

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.anchor(F.gelu(self.mix(words))).squeeze(-1), self.flat(words), self.entity(words)


class Roles(nn.Module):
    """For each cue, every word's role in its attribution.

    `words` is (n_words, width) of one window, `anchors` (n_cues,); distance, sentence and quotation relations are
    (n_cues, n_words). Gives (n_cues, n_words, len(ROLES)) and the via score (n_cues, n_words).
    """

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.n, self.depth = len(ROLES), sizes.role_width
        d, m = sizes.role_width, sizes.mix_width
        self.left, self.right = nn.Linear(sizes.width, self.n * d), nn.Linear(sizes.width, self.n * d)
        self.left_mix, self.right_mix = nn.Linear(sizes.width, m), nn.Linear(sizes.width, m)
        self.distance = nn.Embedding(N_DISTANCES, m)
        self.sentence = nn.Embedding(N_SENTENCE_RELATIONS, m)
        self.quotation = nn.Embedding(N_QUOTATION_RELATIONS, m)
        self.conv1, self.conv2 = nn.Conv1d(m, m, 5, padding=2), nn.Conv1d(m, m, 5, padding=6, dilation=3)
        self.norm1, self.norm2 = nn.LayerNorm(m), nn.LayerNorm(m)
        self.out = nn.Linear(m, self.n + 1)
        for table in (self.distance, self.sentence, self.quotation):
            nn.init.normal_(table.weight, std=0.1)

    def forward(
        self, words: Tensor, anchors: Tensor, distance: Tensor, sentence: Tensor, quotation: Tensor
    ) -> tuple[Tensor, Tensor]:
        n = words.shape[0]
        cues = words[anchors]
        left = self.left(cues).view(-1, self.n, self.depth).transpose(0, 1)
        right = self.right(words).view(n, self.n, self.depth).permute(1, 2, 0)
        scores = (left @ right).permute(1, 2, 0) / math.sqrt(self.depth)
        x = self.left_mix(cues)[:, None] + self.right_mix(words)[None]
        x = F.gelu(x + self.distance(distance) + self.sentence(sentence) + self.quotation(quotation))
        x = self.norm1(x + F.gelu(self.conv1(x.transpose(1, 2)).transpose(1, 2)))
        x = self.norm2(x + F.gelu(self.conv2(x.transpose(1, 2)).transpose(1, 2)))
        y = self.out(x)
        return scores + y[..., : self.n], y[..., self.n]


class Labels(nn.Module):
    """For each row: stance, certainty, endorsement, kind, naming, right (will the row be right); and its vector."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.row = nn.Linear(4 * sizes.width, sizes.row_width)
        self.source = nn.Linear(2 * sizes.width, sizes.row_width // 2)
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.ModuleList(nn.Linear(sizes.row_width, n) for n in LABEL_SIZES[:3])
        self.source_heads = nn.ModuleList(nn.Linear(sizes.row_width // 2, n) for n in LABEL_SIZES[3:5])
        self.carry = nn.Linear(sizes.row_width, 1)

    def forward(self, pooled: Tensor) -> tuple[Tensor, ...]:
        """`pooled` (rows, 4, width): anchor, cue, source, content."""
        row = self.dropout(F.gelu(self.row(pooled.flatten(1))))
        source = self.dropout(F.gelu(self.source(pooled[:, [0, 2]].flatten(1))))
        return (*(h(row) for h in self.heads), *(h(source) for h in self.source_heads), self.carry(row), row)


class Pairs(nn.Module):
    """For two rows of an article: same source, same via, relation."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        p = sizes.pair_width
        self.left, self.right = nn.Linear(sizes.row_width, p), nn.Linear(sizes.row_width, p)
        self.mix = nn.Linear(3 * p + sizes.pair_features, 96)
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(96, 2 + len(RELATIONS))

    def forward(self, earlier: Tensor, later: Tensor, features: Tensor) -> Tensor:
        a, b = self.left(earlier), self.right(later)
        return self.out(self.dropout(F.gelu(self.mix(torch.cat([a, b, a * b, features], -1)))))


class Syntax(nn.Module):
    """For each word of a window: the word that governs it, by what relation, and its tag.

    Takes states (n_words, width) and the sentence of each word (n_words,); heads are looked for within the sentence.
    Trained by itself on the finished encoder (`training/syntax.py`).

    Source: Dozat and Manning 2017, the biaffine scores, with one layer instead of a recurrent network below them.
    """

    def __init__(self, width: int, depth: int = 160, small: int = 96, dropout: float = 0.2) -> None:
        super().__init__()
        self.depth = depth
        self.mix = nn.Conv1d(width, depth, 3, padding=1)
        self.dropout = nn.Dropout(dropout)
        both = width + depth
        self.left, self.right = nn.Linear(both, depth), nn.Linear(both, depth)
        self.left_relation, self.right_relation = nn.Linear(both, small), nn.Linear(both, small)
        self.bilinear = nn.Linear(depth, depth, bias=False)
        self.governs = nn.Linear(depth, 1)
        self.relation = nn.Linear(3 * small, len(RELATION_TAGS))
        self.tag = nn.Linear(both, len(WORD_TAGS))

    def score(self, words: Tensor, sentence: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Scores of all pairs within sentences, what relations are told from, and scores of the tags."""
        mixed = F.gelu(self.mix(words.T[None])[0].T)
        x = self.dropout(torch.cat([words, mixed], -1))
        left, right = self.dropout(F.gelu(self.left(x))), self.dropout(F.gelu(self.right(x)))
        arcs = self.bilinear(left) @ right.T / math.sqrt(self.depth) + self.governs(right).T
        arcs = arcs + (sentence[:, None] != sentence[None]).to(arcs.dtype) * -1e4
        return arcs, F.gelu(self.left_relation(x)), F.gelu(self.right_relation(x)), self.tag(x)

    def relate(self, left: Tensor, right: Tensor) -> Tensor:
        """Scores of the relations between words and those that govern them, row by row."""
        return self.relation(torch.cat([left, right, left * right], -1))

    def forward(self, words: Tensor, sentence: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        arcs, left, right, tags = self.score(words, sentence)
        head = arcs.argmax(-1)
        return head, self.relate(left, right[head]).argmax(-1), tags.argmax(-1)


class Network(nn.Module):
    """The whole reader."""

    def __init__(self, sizes: Sizes | None = None) -> None:
        super().__init__()
        sizes = sizes or Sizes()
        self.sizes = sizes
        self.encoder, self.cues, self.roles = Encoder(sizes), Cues(sizes), Roles(sizes)
        self.labels, self.pairs = Labels(sizes), Pairs(sizes)

    def load_base(self, tensors: dict[str, Tensor]) -> None:
        """Take the base model's weights (Hugging Face BERT names)."""
        e = self.encoder
        with torch.no_grad():
            e.word.weight.copy_(tensors["embeddings.word_embeddings.weight"])
            e.position.weight.copy_(tensors["embeddings.position_embeddings.weight"])
            e.kind.copy_(tensors["embeddings.token_type_embeddings.weight"][0])
            e.norm.weight.copy_(tensors["embeddings.LayerNorm.weight"])
            e.norm.bias.copy_(tensors["embeddings.LayerNorm.bias"])
            names = {
                "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
                "out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
                "down": "output.dense", "norm2": "output.LayerNorm",
            }  # fmt: skip
            for i, layer in enumerate(e.layers):
                for ours, theirs in names.items():
                    for part in ("weight", "bias"):
                        getattr(getattr(layer, ours), part).copy_(tensors[f"encoder.layer.{i}.{theirs}.{part}"])

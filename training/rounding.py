"""What eight bits cost, made small: scales for every product, then weights that have learned to live with rounding.

`fit_scales` chooses how each product's input is scaled; `teach` trains the encoder, rounded as it will be read, to give
the hidden states that it gives unrounded. No label is used; the heads stay as they are.
"""

from __future__ import annotations

import copy
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model import Encoder, Network

Feed = dict[str, np.ndarray]

FEEDS = ("pieces", "shape", "inside", "start")
# Seven bits for weights, as `quantise` in `export.py` writes them; eight for what they multiply.
WEIGHT_STEPS, INPUT_STEPS = 64, 255
SAMPLED_ROWS = 2000
STRENGTHS = (None, 0.3, 0.5, 0.7, 0.85, 1.0)
RATE, WINDOWS_A_STEP, STEPS_A_LINE = 5e-5, 2, 50


def hidden_states(encoder: Encoder, feed: Feed) -> list[Tensor]:
    """Return the states after each layer of one window, each (1, pieces, width)."""
    states: list[Tensor] = []
    hooks = [layer.register_forward_hook(lambda _, __, x: states.append(x)) for layer in encoder.layers]
    tensors = [torch.from_numpy(feed[k]) for k in FEEDS]
    encoder(*tensors, torch.tensor([tensors[0].shape[1]]))
    for hook in hooks:
        hook.remove()
    return states


@dataclass(frozen=True)
class Rounding:
    """How a product's input is put into eight bits: ``(x - shift) * ease``, from `low` to `high`."""

    shift: Tensor
    ease: Tensor
    low: float
    high: float

    def prepare(self, x: Tensor) -> Tensor:
        """Return the input shifted and scaled, not yet rounded."""
        return x * self.ease - self.shift * self.ease

    def __call__(self, x: Tensor) -> Tensor:
        """Return the input as the product will see it."""
        return round_input(self.prepare(x), self.low, self.high)


@torch.no_grad()
def fit_scales(net: Network, feeds: list[Feed]) -> None:
    """Choose for every product how its input is put into eight bits, and set the layers' `roundings`.

    Channels are shifted to their mean and scaled, which bias and weights undo. For each product the choices (whether to
    shift; how much of a channel's range moves into the weights) are those with the least squared error of the product's
    own output over the calibration windows.

    Source: Xiao et al. 2023, SmoothQuant, equation 4, for the channel scales; Wei et al. 2023, Outlier Suppression+,
    for the shifts; the search over both is ours.
    """
    seen: dict[nn.Linear, list[Tensor]] = {}
    groups = [(layer, group) for layer in net.encoder.layers for group in layer.products()]
    hooks = [
        group[0].register_forward_hook(lambda p, x, _: seen.setdefault(p, []).append(x[0].flatten(0, -2)))
        for _, group in groups
    ]
    for feed in feeds:
        hidden_states(net.encoder, feed)
    for hook in hooks:
        hook.remove()
    for layer in net.encoder.layers:
        layer.roundings = []
    for layer, group in groups:
        rounding = _best_rounding(torch.cat(seen.pop(group[0])), torch.cat([p.weight for p in group]))
        for product in group:
            product.bias.add_(product.weight @ rounding.shift)
            product.weight.div_(rounding.ease)
        layer.roundings.append(rounding)


def _best_rounding(inputs: Tensor, weight: Tensor) -> Rounding:
    """Return the rounding with the least error of one product."""
    heavy = weight.abs().amax(0).clamp(min=1e-5)
    rows = inputs[torch.randperm(len(inputs), generator=torch.Generator().manual_seed(0))[:SAMPLED_ROWS]]
    exact = rows @ weight.T
    best = None
    for shift in (torch.zeros_like(heavy), inputs.mean(0)):
        largest = (inputs - shift).abs().amax(0).clamp(min=1e-5)
        for strength in STRENGTHS:
            ease = heavy ** (1 - strength) / largest**strength if strength is not None else torch.ones_like(largest)
            ease = ease.clamp(max=1e3)
            small = round_weight(weight / ease)
            full = (inputs - shift) * ease
            # Nothing is cut off: the few great values are those of [CLS] and [SEP], on which attention rests.
            tried = Rounding(shift, ease, float(full.min()), float(full.max()))
            error = float((tried(rows) @ small.T - exact + weight @ shift).square().mean())
            if best is None or error < best[0]:
                best = (error, tried)
    return best[1]


def round_weight(weight: Tensor) -> Tensor:
    """Round to seven bits, one scale per output; the gradient passes straight through."""
    unit = (weight.detach().abs().amax(1, keepdim=True) / WEIGHT_STEPS).clamp(min=1e-12)
    return _straight(weight, (weight / unit).round() * unit)


def round_input(x: Tensor, low: float, high: float) -> Tensor:
    """Round to eight bits from `low` to `high`; the gradient passes straight through, but not outside of them."""
    unit = (high - low) / INPUT_STEPS
    zero = round(-low / unit)
    kept = x.clamp(-zero * unit, (INPUT_STEPS - zero) * unit)
    return _straight(kept, (kept / unit).round() * unit)


def _straight(x: Tensor, rounded: Tensor) -> Tensor:
    """Return `rounded`, with the gradient of `x`.

    Source: Bengio, Léonard and Courville 2013, the straight-through estimator.
    """
    return x + (rounded - x).detach()


class RoundedWeight(nn.Module):
    """A parametrisation: the weight as it will be read."""

    def forward(self, weight: Tensor) -> Tensor:
        return round_weight(weight)


def _round_products(encoder: Encoder) -> list[torch.utils.hooks.RemovableHandle]:
    """Make every product prepare and round its input and round its weights; return the hooks that do the former."""
    hooks = []
    for layer in encoder.layers:
        for rounding, group in zip(layer.roundings, layer.products(), strict=True):
            for product in group:
                hooks.append(product.register_forward_pre_hook(lambda _, x, rounding=rounding: rounding(x[0])))
                parametrize.register_parametrization(product, "weight", RoundedWeight())
    return hooks


def teach(net: Network, exact: Encoder, feeds: list[Feed], steps: int) -> None:
    """Train the rounded encoder on the hidden states of the `exact` one; leaves unrounded weights, fit to be rounded.

    Args:
        net: Its encoder is changed in place; `fit_scales` has been there.
        exact: The encoder before `fit_scales`.
        feeds: Windows, one article each; the last twentieth only measures.
        steps: How many, of `WINDOWS_A_STEP` windows each.
    """
    net.eval()  # without dropout: the target is the network as it is read
    hooks = _round_products(net.encoder)
    held = feeds[-max(1, len(feeds) // 20) :]
    drawn = _draw(feeds[: -len(held)])
    optimiser = torch.optim.AdamW(net.encoder.parameters(), lr=RATE, betas=(0.9, 0.98), weight_decay=0.0)
    began = time.time()
    print(f"rounding: hidden states off by {_error(net.encoder, exact, held):.3f}", flush=True)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / (0.05 * steps)) * (1 - step / steps)
        optimiser.zero_grad()
        for _ in range(WINDOWS_A_STEP):
            _loss(net.encoder, exact, next(drawn)).backward()
        torch.nn.utils.clip_grad_norm_(net.encoder.parameters(), 1.0)
        optimiser.step()
        if (step + 1) % STEPS_A_LINE == 0:
            error = _error(net.encoder, exact, held)
            print(f"rounding: step {step + 1}/{steps}, off by {error:.3f}, {time.time() - began:.0f} s", flush=True)
    for hook in hooks:
        hook.remove()
    for layer in net.encoder.layers:
        for product in (p for group in layer.products() for p in group):
            parametrize.remove_parametrizations(product, "weight", leave_parametrized=False)


def _draw(feeds: list[Feed]) -> Iterator[Feed]:
    """Give windows for ever, in a new order each time round."""
    rng = np.random.default_rng(0)
    while True:
        yield from (feeds[i] for i in rng.permutation(len(feeds)))


def _loss(rounded: Encoder, exact: Encoder, feed: Feed) -> Tensor:
    """Return how far the states of all layers are off, the last as much as the others together."""
    with torch.no_grad():
        wanted = hidden_states(exact, feed)
    parts = [
        (a - b).square().mean() / b.square().mean() for a, b in zip(hidden_states(rounded, feed), wanted, strict=True)
    ]
    return parts[-1] + sum(parts[:-1]) / len(parts[:-1])


@torch.no_grad()
def _error(rounded: Encoder, exact: Encoder, feeds: list[Feed]) -> float:
    """Return the error of the last states as a share of their size."""
    pairs = [(hidden_states(rounded, f)[-1], hidden_states(exact, f)[-1]) for f in feeds]
    return float(np.mean([((a - b).norm() / b.norm()).item() for a, b in pairs]))


def round_with_care(net: Network, feeds: list[Feed], steps: int, n_scaled: int = 200) -> None:
    """Fit the roundings on some of the windows, then teach on all."""
    exact = copy.deepcopy(net.encoder).eval()
    every = max(1, len(feeds) // n_scaled)
    fit_scales(net, feeds[::every][:n_scaled])
    teach(net, exact, feeds, steps)

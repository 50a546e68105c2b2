"""Take the averaged weights out of a training checkpoint: ``python training/average.py stage_a.pt weights.pt``."""

import sys

import torch

state = torch.load(sys.argv[1], weights_only=False, map_location="cpu")
torch.save(state["average"], sys.argv[2])

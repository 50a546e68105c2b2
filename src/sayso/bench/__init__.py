"""The bench: how right the reader is, how sure it may be, and what reading costs.

It promises that every figure comes with its n and an interval, and that anybody with the corpora can make it again
(docs/measures.md). It must not train, tune or choose anything: it only measures. Runs are written under ``runs/``.
"""

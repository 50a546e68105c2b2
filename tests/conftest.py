"""What all tests share."""

from __future__ import annotations

import signal

# A shell starts what runs in the background with interrupts ignored, and programs hand that on to those that they
# start: tests of interruption would then wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

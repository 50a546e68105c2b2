"""Keeps a case: captures, documents, readings, judgements, feeds, problems, and the log of all that was done.

Rule 1: what a `write` block did is kept whole once the block has ended, and not at all if it did not end.
Rule 2: every record that is added has one entry in the log, whose digest is over the record as it is kept.
Rule 3: no record is changed or removed but by `Writer.purge`; newer ones stand beside older ones. (A feed's state is
no record: it is replaced.)
Rule 4: no clock: whoever writes says when.
"""

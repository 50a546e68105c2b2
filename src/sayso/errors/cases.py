"""A case, what was asked of it, and its time stamps."""

from __future__ import annotations

from sayso.errors.root import SaysoError


class CaseError(SaysoError):
    """A case cannot be opened or written."""

    def __init__(self, path: str, message: str) -> None:
        """Keep the case's place beside the message."""
        self.path = path
        super().__init__(f"{path}: {message}")


class MissingCase(CaseError):
    """There is no case at that place, or none in this folder."""

    def __init__(self, path: str) -> None:
        """Say how to make or name one."""
        super().__init__(path, "no case here. Make one with `sayso new NAME`, or name one with --case or SAYSO_CASE.")


class SeveralCases(CaseError):
    """The folder holds several cases, and none was named."""

    def __init__(self, path: str, names: tuple[str, ...]) -> None:
        """Say which there are."""
        self.names = names
        super().__init__(path, f"several cases here ({', '.join(names)}). Name one with --case or SAYSO_CASE.")


class CaseExists(CaseError):
    """There is something already where a case is to be made."""

    def __init__(self, path: str) -> None:
        """Say that it was left alone."""
        super().__init__(path, "something is there already, and was left as it is. Choose another name.")


class NotACase(CaseError):
    """The file is no case."""

    def __init__(self, path: str, looks_like: str | None = None) -> None:
        """Say what it looks like, where that can be told."""
        self.looks_like = looks_like
        what = f"it looks like {looks_like}" if looks_like else "it is no SQLite file"
        super().__init__(path, f"this is no case: {what}. It was left as it is.")


class DamagedCase(CaseError):
    """A case is cut off, or its data contradict themselves."""

    def __init__(self, path: str, where: str) -> None:
        """Say where the damage was met."""
        self.where = where
        super().__init__(path, f"the case is damaged ({where}). Go back to a copy; `sayso verify` tells what is whole.")


class UnopenableCase(DamagedCase):
    """A case is damaged so that nothing in it can be reached, or holds what no version of Sayso makes."""

    def __init__(self, path: str, where: str) -> None:
        """Say where the damage was met."""
        super().__init__(path, where)
        self.args = (f"{path}: the case cannot be opened: it is damaged ({where}). Go back to a copy.",)


class NewerCase(CaseError):
    """A newer version of Sayso wrote the case."""

    def __init__(self, path: str, found: int, known: int) -> None:
        """Say both numbers of the schema."""
        self.found = found
        self.known = known
        super().__init__(path, f"its schema is {found}, and this version knows up to {known}. Install a newer Sayso.")


class LockedCase(CaseError):
    """The case is encrypted, and the passphrase is missing or wrong."""

    def __init__(self, path: str) -> None:
        """Say how to give the passphrase."""
        super().__init__(
            path,
            "it is encrypted, and the passphrase is missing or wrong; or it is no case, or damaged at its beginning: "
            "that cannot be told apart. Give the passphrase when asked, or in SAYSO_PASSPHRASE.",
        )


class BusyCase(CaseError):
    """Others hold the case for too long."""

    def __init__(self, path: str, waited_s: float) -> None:
        """Say how long it was waited."""
        self.waited_s = waited_s
        super().__init__(path, f"another program has held it for {waited_s:.0f} s. Try again when that is done.")


class MovedCase(CaseError):
    """The file of a case was moved, deleted or replaced while it was open."""

    def __init__(self, path: str) -> None:
        """Say that nothing went into what is there now."""
        super().__init__(path, "it was moved, deleted or replaced while it was open; nothing more was written.")


class UnwritableCase(CaseError):
    """The case cannot be written: read-only, or the disk is full."""

    def __init__(self, path: str, reason: str, *, is_new: bool = False) -> None:
        """Keep the reason; of a case that is only being made nothing is kept."""
        self.reason = reason
        kept = "No case was made." if is_new else "What had been acknowledged is kept."
        super().__init__(path, f"it cannot be written ({reason}). {kept}")


class StampRefused(SaysoError):
    """The authority gave no time stamp."""

    def __init__(self, status: str, reasons: tuple[str, ...] = ()) -> None:
        """Keep the authority's word for it and its reasons, in its own words."""
        self.status = status
        self.reasons = reasons
        more = f" ({'; '.join(reasons)})" if reasons else ""
        super().__init__(f"{status}: the authority gave no time stamp{more}. Try again later, or ask another one.")


class BadStamp(SaysoError):
    """An answer or a token is no good time stamp over the log as it is."""

    def __init__(self, code: str, reason: str) -> None:
        """Keep a short stable name of the cause, and the reason in words."""
        self.code = code
        self.reason = reason
        super().__init__(f"{code}: {reason}. This is no proof of when the case existed.")


class BadRoots(SaysoError):
    """A file of root certificates has none in it, or cannot be read."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(f"{reason}: these are no root certificates. Give a PEM file with the authority's root.")


class NotInCase(SaysoError):
    """The case has no such record, or the start of an id stands for several, or is too short to be looked up."""

    def __init__(self, what: str, given: str, candidates: tuple[str, ...] = (), *, digits_min: int = 0) -> None:
        """Say what was looked for, and what it may have been.

        Args:
            what: Which kind of record.
            given: The id, or its start.
            candidates: Ids that begin so, where there are several.
            digits_min: How many digits are needed, where fewer were given.
        """
        self.what = what
        self.given = given
        self.candidates = candidates
        self.digits_min = digits_min
        why = f"the case has no such {what}."
        if digits_min:
            why = f"this is too short to tell one {what} from another. Give at least {digits_min} digits of its id."
        elif candidates:
            why = f"the case has several {what}s whose ids begin so. It may be {', '.join(candidates)}."
        super().__init__(f"{given}: {why}")


class BadJudgement(SaysoError):
    """A judgement does not fit what it is about."""

    def __init__(self, subject: str, reason: str) -> None:
        """Keep what it is about and why it does not fit."""
        self.subject = subject
        self.reason = reason
        super().__init__(f"{subject}: {reason}. Nothing was recorded.")

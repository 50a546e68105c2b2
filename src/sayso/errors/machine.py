"""The machine, the installation or a setting is not as it must be."""

from __future__ import annotations

from sayso.errors.root import SaysoError


class UnwritableOutput(SaysoError):
    """A folder or file that was to be written cannot be."""

    def __init__(self, path: str, reason: str) -> None:
        """Keep the path and the reason."""
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: cannot be written ({reason}). What was there is as it was.")


class NoReadingProcess(SaysoError):
    """No process can be kept that reads."""

    def __init__(self, reason: str) -> None:
        """Say what became of the last one."""
        self.reason = reason
        super().__init__(f"no process can be kept that reads ({reason}). Close other programs, or set SAYSO_THREADS=1.")


class ModelError(SaysoError):
    """The model that came with the package is missing, damaged or another than its card says."""

    def __init__(self, path: str, reason: str) -> None:
        """Keep the path and the reason."""
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}. Install sayso again.")


class GazetteerError(SaysoError):
    """The gazetteer that came with the package is missing, damaged or another than its card says."""

    def __init__(self, path: str, reason: str) -> None:
        """Keep the path and the reason."""
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}. Install sayso again.")


class SettingsError(SaysoError):
    """A setting has an impossible value."""

    def __init__(self, setting: str, given: str, expected: str) -> None:
        """Say what was given and what was expected."""
        self.setting = setting
        self.given = given
        self.expected = expected
        super().__init__(f"{setting} = {given!r}: expected {expected}.")


class MissingExtra(SaysoError, ImportError):
    """A part of Sayso needs packages that are not installed with the rest."""

    def __init__(self, extra: str) -> None:
        """Say how to get them."""
        self.extra = extra
        super().__init__(f"the packages of sayso[{extra}] are not installed. Run: pip install 'sayso[{extra}]'.")


class PortTaken(SaysoError):
    """The web app cannot listen where it was asked to."""

    def __init__(self, port: int, reason: str) -> None:
        """Say where, and what to do."""
        self.port = port
        super().__init__(f"nothing can be served at port {port}: {reason}. Leave --port out, and a free one is taken.")


class DamagedRecord(SaysoError):
    """Data that were kept are not those of such a record."""

    def __init__(self, kind: str) -> None:
        """Say which record was expected."""
        self.kind = kind
        super().__init__(
            f"{kind}: these data are damaged, or another version of Sayso wrote them. Read the text again."
        )

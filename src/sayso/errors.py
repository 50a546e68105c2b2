"""What can go wrong, in two channels.

Exceptions are for a caller's mistake or a broken machine::

    SaysoError
    ├── InputError            what was given cannot be read as an article
    │   ├── MissingFile           no such file or folder
    │   ├── NoArticles            a folder without a readable file
    │   ├── EmptyInput            nothing but blank space
    │   ├── BinaryInput           bytes that are no text
    │   ├── UnknownEncoding       text in no encoding that can be told
    │   ├── TooLarge              over the size limit
    │   ├── NoArticleInPage       a page without an article: a script shell, a paywall, a list of links
    │   ├── UnsupportedLanguage   a language without a model, or one that cannot be told
    │   ├── UnsupportedFormat     a format that is not read yet
    │   ├── EncryptedFile         a file that opens with a password only
    │   ├── NoTextLayer           a scanned PDF: pictures of text, and no text
    │   ├── UnreadableFile        a damaged file, or one made to break what reads it
    │   ├── MissingPackage        a format that is read with a package that is not installed
    │   ├── SeveralArticles       a file of several articles where one is asked for
    │   ├── FetchingNotHere       a URL where only files are read
    │   └── FetchRefused          an address of which nothing could or may be fetched
    ├── UnwritableOutput      a folder or file that cannot be written
    ├── ModelError            the model that came with the package is missing, damaged or another
    ├── GazetteerError        the gazetteer that came with the package is missing, damaged or another
    ├── SettingsError         a setting with an impossible value
    ├── MissingExtra          packages that are installed on demand and are not there
    ├── DamagedRecord         data that were kept and are no record of this version
    ├── CaseError             a case that cannot be opened or written
    │   ├── MissingCase           no case at that place, or none in this folder
    │   ├── SeveralCases          several cases in this folder, and none was named
    │   ├── CaseExists            there is something already where a case is to be made
    │   ├── NotACase              a file that is no case
    │   ├── DamagedCase           a case that is cut off or whose data contradict themselves
    │   ├── NewerCase             a case that a newer version of Sayso wrote
    │   ├── LockedCase            an encrypted case, without its passphrase or with a wrong one
    │   ├── BusyCase              others hold the case for too long
    │   └── UnwritableCase        a case that cannot be written: read-only, or the disk is full
    ├── StampRefused          an authority that gives no time stamp
    ├── BadStamp              an answer or token that is no good time stamp over the log as it is
    ├── BadRoots              root certificates that are none
    ├── NotInCase             an id that the case does not have, or that stands for several records
    └── BadJudgement          a judgement that does not fit what it is about

`Problem` values are for bad material that does not stop the work: an unclosed quotation mark, a date that cannot be
read. They are stored beside the records and shown.

The classes and their attributes are the contract; the wording of the messages is not.
"""

from __future__ import annotations

from dataclasses import dataclass

WHAT_IS_READ = "Give plain text, Markdown, HTML, MHTML, PDF, DOCX or an e-mail (.eml)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An error that is a value.

    Attributes:
        code: A short stable name, like ``unclosed-quotation``.
        message: One sentence for a person.
        start: Where it begins, in code points of the document's text; None where it is not about one place.
        end: Where it ends (excluded); None with `start`.
    """

    code: str
    message: str
    start: int | None = None
    end: int | None = None


class SaysoError(Exception):
    """The root of every error that Sayso raises on purpose."""

    def __reduce__(self) -> tuple[object, ...]:
        """Say how to make it again in another process; what made the message is no longer known there."""
        return _remake, (type(self), self.args), self.__dict__


def _remake(kind: type[SaysoError], args: tuple[object, ...]) -> SaysoError:
    """Return an error with this message; what it carries is set by what unpacks it."""
    error = kind.__new__(kind)
    error.args = args
    return error


class InputError(SaysoError):
    """What was given cannot be read as an article."""

    def __init__(self, name: str, message: str) -> None:
        """Keep the input's name beside the message."""
        self.name = name
        super().__init__(f"{name}: {message}")


class MissingFile(InputError):
    """No such file or folder."""

    def __init__(self, name: str) -> None:
        """Say which path was not found."""
        super().__init__(name, "no such file or folder. Check the path.")


class NoArticles(InputError):
    """A folder in which no file can be read as an article."""

    def __init__(self, name: str, endings: tuple[str, ...]) -> None:
        """Say which file endings were looked for."""
        self.endings = endings
        super().__init__(name, f"no articles in this folder. Files ending in {', '.join(endings)} are read.")


class EmptyInput(InputError):
    """Nothing but blank space was given."""

    def __init__(self, name: str) -> None:
        """Say that there is nothing to read."""
        super().__init__(name, "there is no text in it.")


class BinaryInput(InputError):
    """The bytes are not text."""

    def __init__(self, name: str, looks_like: str | None = None) -> None:
        """Say what the bytes look like, where that can be told."""
        self.looks_like = looks_like
        what = f"it looks like {looks_like}" if looks_like else "these bytes are not text"
        super().__init__(name, f"{what}. {WHAT_IS_READ}")


class UnknownEncoding(InputError):
    """The text is in no encoding that can be told."""

    def __init__(self, name: str, tried: tuple[str, ...]) -> None:
        """Say which encodings were tried."""
        self.tried = tried
        super().__init__(name, f"the encoding cannot be told (tried {', '.join(tried)}). Save it as UTF-8.")


class TooLarge(InputError):
    """The input is over the size limit."""

    def __init__(self, name: str, size_bytes: int, limit_bytes: int) -> None:
        """Say both sizes and the setting that raises the limit."""
        self.size_bytes = size_bytes
        self.limit_bytes = limit_bytes
        super().__init__(
            name,
            f"{size_bytes / 1e6:,.1f} MB is over the limit of {limit_bytes / 1e6:,.1f} MB. "
            "Raise it with --max-bytes or SAYSO_MAX_BYTES.",
        )


class NoArticleInPage(InputError):
    """The page holds no article: a script shell, a paywall, a list of links."""

    def __init__(self, name: str, reason: str) -> None:
        """Say why, and what to do instead."""
        self.reason = reason
        super().__init__(name, f"{reason}. Save the page from your browser and add the file.")


class UnsupportedLanguage(InputError):
    """The text is in a language without a model, or in none that can be told."""

    def __init__(self, name: str, language: str | None, supported: tuple[str, ...]) -> None:
        """Say which language was found and which are read."""
        self.language = language
        self.supported = supported
        found = f"the language is {language!r}" if language else "the language cannot be told"
        super().__init__(name, f"{found}, and there is a model for {', '.join(supported)} only. Nothing was guessed.")


class UnsupportedFormat(InputError):
    """A format that is not read yet."""

    def __init__(self, name: str, kind: str) -> None:
        """Say which format it is."""
        self.kind = kind
        super().__init__(name, f"{kind} is not read yet. {WHAT_IS_READ}")


class EncryptedFile(InputError):
    """The file opens with a password only."""

    def __init__(self, name: str) -> None:
        """Say what to do instead."""
        super().__init__(name, "it is encrypted. Open it with its password, save it without one and give that file.")


class NoTextLayer(InputError):
    """A scanned PDF: pictures of text, and no text."""

    def __init__(self, name: str, reason: str = "scanned: no text layer") -> None:
        """Say what to do first."""
        self.reason = reason
        super().__init__(name, f"{reason}; run text recognition (OCR) first and give the result.")


class UnreadableFile(InputError):
    """The file is damaged, or made to break what reads it."""

    def __init__(self, name: str, reason: str) -> None:
        """Say what happened."""
        self.reason = reason
        super().__init__(name, f"{reason}. Nothing of it was read.")


class MissingPackage(InputError):
    """The format is read with a package that is not installed."""

    def __init__(self, name: str, kind: str, extra: str) -> None:
        """Say how to install it."""
        self.kind = kind
        self.extra = extra
        super().__init__(name, f"{kind} is read with one more package. Install it: pip install 'sayso[{extra}]'.")


class SeveralArticles(InputError):
    """The file holds several articles, and one was asked for."""

    def __init__(self, name: str, count: int) -> None:
        """Say how many there are."""
        self.count = count
        super().__init__(name, f"it holds {count} articles, and one is expected here. Load them all (`load_all`).")


class FetchingNotHere(InputError):
    """A URL was given where only files are read."""

    def __init__(self, name: str) -> None:
        """Say what fetches."""
        super().__init__(name, "only files are read here. `sayso read` and `sayso add` fetch; so does `sayso.fetch`.")


class FetchRefused(InputError):
    """Of an address nothing could or may be fetched."""

    def __init__(self, url: str, code: str, message: str, advice: str) -> None:
        """Keep the parts of the refusal (see `records.Refusal`)."""
        self.code = code
        self.advice = advice
        super().__init__(url, f"{message} {advice}".rstrip())


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


class DamagedRecord(SaysoError):
    """Data that were kept are not those of such a record."""

    def __init__(self, kind: str) -> None:
        """Say which record was expected."""
        self.kind = kind
        super().__init__(
            f"{kind}: these data are damaged, or another version of Sayso wrote them. Read the text again."
        )


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
        message = "it is encrypted (or no case), and the passphrase is missing or wrong. Give it when asked."
        super().__init__(path, message)


class BusyCase(CaseError):
    """Others hold the case for too long."""

    def __init__(self, path: str, waited_s: float) -> None:
        """Say how long it was waited."""
        self.waited_s = waited_s
        super().__init__(path, f"another program has held it for {waited_s:.0f} s. Try again when that is done.")


class UnwritableCase(CaseError):
    """The case cannot be written: read-only, or the disk is full."""

    def __init__(self, path: str, reason: str) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(path, f"it cannot be written ({reason}). What had been acknowledged is kept.")


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
    """The case has no such record, or the start of an id stands for several."""

    def __init__(self, what: str, given: str, candidates: tuple[str, ...] = ()) -> None:
        """Say what was looked for, and what it may have been."""
        self.what = what
        self.given = given
        self.candidates = candidates
        more = f" It may be {', '.join(candidates)}." if candidates else ""
        super().__init__(f"{given}: the case has no such {what}, or more than one.{more}")


class BadJudgement(SaysoError):
    """A judgement does not fit what it is about."""

    def __init__(self, subject: str, reason: str) -> None:
        """Keep what it is about and why it does not fit."""
        self.subject = subject
        self.reason = reason
        super().__init__(f"{subject}: {reason}. Nothing was recorded.")

"""What was given cannot be read as an article."""

from __future__ import annotations

from sayso.errors.root import SaysoError

WHAT_IS_READ = "Give plain text, Markdown, HTML, MHTML, PDF, DOCX or an e-mail (.eml)."


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

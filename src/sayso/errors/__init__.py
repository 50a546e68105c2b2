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
    ├── NoReadingProcess      processes that read cannot be kept
    ├── ModelError            the model that came with the package is missing, damaged or another
    ├── GazetteerError        the gazetteer that came with the package is missing, damaged or another
    ├── SettingsError         a setting with an impossible value
    ├── MissingExtra          packages that are installed on demand and are not there
    ├── PortTaken             the web app cannot listen where it was asked to
    ├── DamagedRecord         data that were kept and are no record of this version
    ├── CaseError             a case that cannot be opened or written
    │   ├── MissingCase           no case at that place, or none in this folder
    │   ├── SeveralCases          several cases in this folder, and none was named
    │   ├── CaseExists            there is something already where a case is to be made
    │   ├── NotACase              a file that is no case
    │   ├── DamagedCase           a case that is cut off or whose data contradict themselves
    │   ├── UnopenableCase        a damaged case of which nothing can be reached
    │   ├── NewerCase             a case that a newer version of Sayso wrote
    │   ├── LockedCase            an encrypted case, without its passphrase or with a wrong one
    │   ├── BusyCase              others hold the case for too long
    │   ├── MovedCase             a case that is no longer where it was opened
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

from sayso.errors.cases import (
    BadJudgement,
    BadRoots,
    BadStamp,
    BusyCase,
    CaseError,
    CaseExists,
    DamagedCase,
    LockedCase,
    MissingCase,
    MovedCase,
    NewerCase,
    NotACase,
    NotInCase,
    SeveralCases,
    StampRefused,
    UnopenableCase,
    UnwritableCase,
)
from sayso.errors.inputs import (
    BinaryInput,
    EmptyInput,
    EncryptedFile,
    FetchingNotHere,
    FetchRefused,
    InputError,
    MissingFile,
    MissingPackage,
    NoArticleInPage,
    NoArticles,
    NoTextLayer,
    SeveralArticles,
    TooLarge,
    UnknownEncoding,
    UnreadableFile,
    UnsupportedFormat,
    UnsupportedLanguage,
)
from sayso.errors.machine import (
    DamagedRecord,
    GazetteerError,
    MissingExtra,
    ModelError,
    NoReadingProcess,
    PortTaken,
    SettingsError,
    UnwritableOutput,
)
from sayso.errors.root import (
    Problem,
    SaysoError,
)

__all__ = [
    "BadJudgement",
    "BadRoots",
    "BadStamp",
    "BinaryInput",
    "BusyCase",
    "CaseError",
    "CaseExists",
    "DamagedCase",
    "DamagedRecord",
    "EmptyInput",
    "EncryptedFile",
    "FetchRefused",
    "FetchingNotHere",
    "GazetteerError",
    "InputError",
    "LockedCase",
    "MissingCase",
    "MissingExtra",
    "MissingFile",
    "MissingPackage",
    "ModelError",
    "MovedCase",
    "NewerCase",
    "NoArticleInPage",
    "NoArticles",
    "NoReadingProcess",
    "NoTextLayer",
    "NotACase",
    "NotInCase",
    "PortTaken",
    "Problem",
    "SaysoError",
    "SettingsError",
    "SeveralArticles",
    "SeveralCases",
    "StampRefused",
    "TooLarge",
    "UnknownEncoding",
    "UnopenableCase",
    "UnreadableFile",
    "UnsupportedFormat",
    "UnsupportedLanguage",
    "UnwritableCase",
    "UnwritableOutput",
]

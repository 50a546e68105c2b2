"""English is read, other languages are refused, and nothing is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso import ingest
from sayso.errors import UnsupportedLanguage
from sayso.ingest import language
from sayso.ingest.language import detect_language

if TYPE_CHECKING:
    from tests.ingest.conftest import Read

ENGLISH = (
    "The mayor of Ardenna said on Monday that the bridge would be closed for the winter, and that nobody had asked why."
)
OTHERS = {
    "de": "Die Bürgermeisterin von Ardenna sagte am Montag, dass die Brücke geschlossen bleibt und niemand fragte.",
    "fr": "La maire d’Ardenne a déclaré lundi que le pont serait fermé et que personne n’avait demandé pourquoi.",
    "es": "La alcaldesa de Ardenna dijo el lunes que el puente estaría cerrado y que nadie preguntó por qué.",
    "ru": "Мэр Арденны заявила в понедельник, что мост будет закрыт и что никто не спросил, почему это случилось.",
    "zh": "阿登纳市长周一表示这座桥将在冬季关闭。没有人问为什么。市议会尚未回应记者的提问。",
    "ar": "قالت رئيسة بلدية أردينا يوم الاثنين إن الجسر سيغلق خلال فصل الشتاء ولم يسأل أحد عن السبب.",
}


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH.upper(),
        "Ardenna denies the border claims",
        "Ardenna denies border claims",
        "ARDENNA DENIES BORDER CLAIMS",
        "Mayor quits.",
        "\u200b".join(ENGLISH),
        f"{ENGLISH} “Nous n’avons rien fait de mal,” she told Radio Lisk.",
        "🌊 " + ENGLISH,
    ],
)
def test_english_is_read(text: str) -> None:
    assert detect_language(text, name="a") == ("en", ())


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages_are_refused_and_named(code: str) -> None:
    for text in (OTHERS[code], OTHERS[code].upper()):
        with pytest.raises(UnsupportedLanguage) as caught:
            detect_language(text, name="a")
        assert caught.value.language == code
        assert caught.value.supported == ("en",)


@pytest.mark.parametrize("text", ["12.30 – 14.00", "😀😀😀", "…", "1 2 3 4 5"])
def test_text_without_letters_cannot_be_told(text: str) -> None:
    with pytest.raises(UnsupportedLanguage) as caught:
        detect_language(text, name="a")
    assert caught.value.language is None


def test_paragraph_in_another_language_is_a_problem_and_no_prose(read: Read) -> None:
    foreign = " ".join([OTHERS["es"]] * 2)
    document = read(f"{ENGLISH} {ENGLISH}\n\n{foreign}\n\n{ENGLISH} {ENGLISH}")
    problem = next(problem for problem in document.problems if problem.code == "other-language")
    assert document.text[problem.start : problem.end] == foreign
    assert [span.exact for span in document.not_prose] == [foreign]


def test_text_mostly_in_another_language_is_refused() -> None:
    text = "\n\n".join([ENGLISH, *[" ".join([OTHERS["de"]] * 3)] * 3])
    with pytest.raises(UnsupportedLanguage) as caught:
        detect_language(text, name="a")
    assert caught.value.language == "de"


def test_long_text_is_judged_by_all_its_parts() -> None:
    text = f"{ENGLISH}\n\n" * 60 + f"{OTHERS['ru']}\n\n" * 3000
    with pytest.raises(UnsupportedLanguage):
        detect_language(text, name="a")


def test_plain_english_does_without_the_detector(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> dict[str, float]:
        pytest.fail("the detector was asked")

    monkeypatch.setattr(language, "_score_languages", refuse)
    assert ingest.from_text(ENGLISH).language == "en"

"""Templates, filled: everything from outside is escaped, and passed through `show` before."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from starlette.responses import HTMLResponse

from sayso.export import finding_words, list_words
from sayso.export.visible import show
from sayso.export.words import load_words

if TYPE_CHECKING:
    from starlette.requests import Request

PAGES: Final = (
    ("claims", "/", "Claims"),
    ("stories", "/stories", "Stories"),
    ("articles", "/articles", "Articles"),
    ("sources", "/who", "Who"),
    ("disputes", "/disputes", "Disputes"),
    ("timeline", "/timeline", "Timeline"),
    ("review", "/review", "Review"),
    ("add", "/add", "Add"),
)


@cache
def load_environment() -> Environment:
    """Return the environment in which templates are filled."""
    env = Environment(
        loader=ChoiceLoader(
            [PackageLoader("sayso.web"), PrefixLoader({"page": PackageLoader("sayso.export", "page")})]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        show=lambda words: show(words or ""),
        line=finding_words.say_line,
        time=finding_words.say_time,
        short=list_words.shorten_id,
        outlets=lambda names, most=4: finding_words.say_outlets(names, most=most),
        speakers=lambda line, most=3: finding_words.say_speakers(line.speakers, line.n_speakers, most=most),
        figures=finding_words.say_figures,
        bounds=finding_words.say_bounds,
        spread=finding_words.say_spread,
        flags=finding_words.say_flags,
        drift=finding_words.say_drift,
    )
    env.globals.update(words=load_words(), pages=PAGES)
    return env


def render(request: Request, template: str, *, page: str, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401
    """Return a page.

    Args:
        request: Which asked for it.
        template: Its name.
        page: Which entry of the navigation it belongs to; empty for none.
        status: The HTTP status.
        values: What the template shows.
    """
    filled = load_environment().get_template(template)
    case = request.app.state.case_name
    return HTMLResponse(filled.render(page=page, case=case, request=request, **values), status)

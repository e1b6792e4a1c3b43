"""Code and parameters become words, at the edge only, in English or Danish."""

from __future__ import annotations

from bulkio.language.translation import Language, translate

TYPE_CHECKING = False  # typing itself costs 3 ms, and --help must not pay it
if TYPE_CHECKING:
    from bulkio.language.wording import Wording, word_coercion, word_error, word_issue

__all__ = ["Language", "Wording", "translate", "word_coercion", "word_error", "word_issue"]


def __getattr__(name: str) -> object:
    """The words of codes bring the nouns (15 ms), which `--help` need not pay."""
    if name not in __all__:
        raise AttributeError(name)
    from bulkio.language import wording

    return getattr(wording, name)

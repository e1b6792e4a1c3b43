"""Code and parameters become words, at the edge only, in English or Danish."""

from __future__ import annotations

from bulkio.language.translation import Language, translate
from bulkio.language.wording import Wording, word_error, word_issue

__all__ = ["Language", "Wording", "translate", "word_error", "word_issue"]

"""Finds an address by its first word.

Django asks one pattern after the other, and there are two thousand: a millisecond or more of every
request. Here only those are asked that begin with the same word, in the order they were written.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.urls import ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RegexPattern

Pattern = URLPattern | URLResolver
WORD = re.compile(r"([\w-]+)(/|\$?$)")


class ByFirstWord(URLResolver):
    """Resolves as the resolver it is made from; names and namespaces are its own."""

    def resolve(self, path: str) -> ResolverMatch:
        matched = self.pattern.match(str(path))
        word = matched[0].partition("/")[0] if matched else ""
        return self._by_word.get(word, self._others).resolve(path)

    @cached_property
    def _by_word(self) -> dict[str, URLResolver]:
        patterns = [(_word_of(pattern), pattern) for pattern in _opened(self.url_patterns)]
        words = {word for word, _pattern in patterns if word}
        found: dict[str, list[Pattern]] = defaultdict(list)
        for word, pattern in patterns:
            for each in {word} if word else words:
                found[each].append(pattern)
        return {word: self._with(found[word]) for word in words}

    @cached_property
    def _others(self) -> URLResolver:
        opened = _opened(self.url_patterns)
        return self._with([pattern for pattern in opened if not _word_of(pattern)])

    def _with(self, patterns: list[Pattern]) -> URLResolver:
        names = self.app_name, self.namespace
        return URLResolver(self.pattern, patterns, self.default_kwargs, *names)


def by_first_word(found: Any) -> ByFirstWord:
    """What `path(…, include(…))` made, asked by the first word behind its prefix."""
    names = found.app_name, found.namespace
    return ByFirstWord(found.pattern, found.urlconf_name, found.default_kwargs, *names)


def _opened(patterns: list[Pattern]) -> Iterator[Pattern]:
    """With those of an included file in its place, where the file was given no prefix."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and _is_bare(pattern):
            yield from _opened(pattern.url_patterns)
        else:
            yield pattern


def _is_bare(resolver: URLResolver) -> bool:
    has_names = resolver.app_name or resolver.namespace or resolver.default_kwargs
    return not str(resolver.pattern) and not has_names


def _word_of(pattern: Pattern) -> str:
    """The first word of what it matches; empty if that may be any."""
    written = str(pattern.pattern)
    if isinstance(pattern.pattern, RegexPattern):
        if not written.startswith("^"):
            return ""
        written = written.removeprefix("^")
    found = WORD.match(written)
    if found is None or (isinstance(pattern, URLResolver) and found[2] != "/"):
        return ""  # an included file's prefix may end inside a word
    return found[1]

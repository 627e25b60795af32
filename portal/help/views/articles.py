"""What many ask, answered once for all."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.core.http import PageRequest
from portal.core.web import render_page
from portal.help.models import Article
from portal.help.states import Topic


@require_safe
def article_list(request: PageRequest) -> HttpResponse:
    """By topic; `topic` shows one of them."""
    topic = request.GET.get("topic", "")
    articles = Article.objects.shown()
    if topic in Topic.values:
        articles = articles.filter(topic=topic)
    grouped: dict[str, list[Article]] = {}
    for article in sorted(articles, key=lambda a: (Topic.values.index(a.topic), a.position)):
        grouped.setdefault(str(Topic(article.topic).label), []).append(article)
    return render_page(request, "help/article_list.html", {"groups": grouped, "topic": topic})


@require_safe
def article_detail(request: PageRequest, code: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.shown(), code=code)
    return render_page(request, "help/article_detail.html", {"article": article})

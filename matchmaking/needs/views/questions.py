"""The round of questions, on the need's own page."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from matchmaking.needs import forms, rules, selectors, services
from matchmaking.needs.models import Question
from matchmaking.needs.views.needs import brief_context, own_context
from portal.core.http import PageRequest
from portal.core.web import render_page, submit


@login_required
@require_POST
def need_question(request: PageRequest, pk: int) -> HttpResponse:
    """Ask about a need."""
    need = get_object_or_404(selectors.whole_needs(request.actor).visible_to(request.actor), pk=pk)
    rules.can_ask_question(request.actor, need).require()
    form = forms.QuestionForm(request.POST)
    asked = submit(
        form, lambda: services.ask_question(request.actor, need=need, **form.cleaned_data)
    )
    if asked is None:
        return render_page(request, "needs/need_brief.html", brief_context(request, need, form))
    messages.success(request, _("Asked. You are told when it is answered."))
    return redirect(f"{need.get_absolute_url()}#questions")


@login_required
@require_POST
def question_answer(request: PageRequest, pk: int) -> HttpResponse:
    """Answer a question, for everyone who may bid."""
    question = get_object_or_404(Question.objects.asked_to(request.actor), pk=pk)
    whole = selectors.whole_needs(request.actor).owned_by(request.actor)
    question.need = need = get_object_or_404(whole, pk=question.need_id)
    rules.can_answer_question(request.actor, question).require()
    form = forms.AnswerForm(request.POST, prefix=str(question.pk))
    done = submit(
        form,
        lambda: services.answer_question(
            request.actor, question=question, text=form.cleaned_data["answer"]
        ),
    )
    if done is None:
        context = own_context(request, need, answer=(question.pk, form))
        return render_page(request, "needs/need_detail.html", context)
    messages.success(request, _("Answered. All who were invited or answered were told."))
    return redirect(f"{need.get_absolute_url()}#questions")

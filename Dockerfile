# docker build -t unwix . && docker run --rm -v "$PWD:/blog" unwix convert saved-pages/ -o posts/
FROM python:3.13-slim
COPY pyproject.toml README.md LICENSE /src/
COPY src /src/src
COPY man /src/man
RUN pip install --no-cache-dir /src && rm -r /src && useradd --create-home unwix
USER unwix
WORKDIR /blog
ENTRYPOINT ["unwix"]
CMD ["--help"]

# The standalone program. The binaries are built outside (`make build`) on the same release of Debian: no compiler ends up
# in the image, and a change of the code does not fetch the packages again.
ARG BASE=debian:bookworm-slim
FROM ${BASE}

RUN apt-get update \
 && apt-get install -y --no-install-recommends ffmpeg ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin syncwatch \
 && install -d -o syncwatch -g syncwatch /data

COPY target/release/syncwatch target/release/syncwatch-probe /usr/local/bin/

USER 10001
VOLUME /data
EXPOSE 8080
ENV SYNCWATCH_LISTEN=0.0.0.0:8080 SYNCWATCH_DATA=/data
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/syncwatch"]

# One image per app: `npx nx run <app>:image`, or
#   docker build -f deploy/docker/app.Dockerfile --build-arg APP=sql-metadata-worker .
# Only what every Docker engine's builder knows: no frontend to pull, no cache mounts.

# Has Node.js 24, npm and a shell.
ARG BUILD_IMAGE=node:24-bookworm-slim
# Has Node.js 24 on its PATH (or in /nodejs/bin), glibc and certificates. Needs no shell.
ARG BASE_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot

# The manifests alone, so that a change of code does not install the packages again.
FROM ${BUILD_IMAGE} AS manifests
WORKDIR /workspace
COPY . .
RUN mkdir /manifests && find . -name package.json -exec cp --parents {} /manifests ';' && cp package-lock.json /manifests

FROM ${BUILD_IMAGE} AS build
WORKDIR /workspace
COPY --from=manifests /manifests ./
# Without the packages' scripts: building needs none of them. The Node.js that builds is the image's.
RUN npm ci --ignore-scripts --no-audit --no-fund && ln -sf "$(command -v node)" node_modules/.bin/node
COPY . .
ARG APP
RUN NX_DAEMON=false NX_TUI=false npx --no-install nx run "${APP}:image-files" \
 && mv "apps/${APP}/dist/image" /image \
 && mkdir -p /data/var/lib/tributary \
 && find /data -exec touch -d 2000-01-01T00:00:00Z {} +

FROM ${BASE_IMAGE}
ARG APP
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG CREATED=2000-01-01T00:00:00Z
# Empty counts as unset: an image that does not know its build id takes part in no versioning.
ARG BUILD_ID=
ARG PORT=8081
ARG NODE_MEMORY=
LABEL org.opencontainers.image.title="${APP}" \
      org.opencontainers.image.description="Tributary: ${APP}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="Tributary" \
      tributary.app="${APP}" \
      tributary.build-id="${BUILD_ID}"
ENV PATH=/usr/local/bin:/nodejs/bin:/usr/bin:/bin \
    NODE_ENV=production \
    NODE_OPTIONS="${NODE_MEMORY}" \
    MALLOC_ARENA_MAX=2 \
    TRIBUTARY_HEALTH_HOST=0.0.0.0 \
    TRIBUTARY_API_HOST=0.0.0.0 \
    TRIBUTARY_BUILD_ID="${BUILD_ID}"
COPY --from=build /image/ /
# For an object store in a volume: a new volume takes its owner from here.
COPY --from=build --chown=10001:10001 /data/ /
WORKDIR /app
USER 10001:10001
EXPOSE ${PORT}
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 CMD ["node", "/app/health.js"]
ENTRYPOINT ["node", "/app/main.js"]
CMD []

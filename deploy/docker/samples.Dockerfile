# What the samples of docker-compose.yml talk to: a look-alike of Launchpad and a small data catalog, each a program in one
# file. For trying things out, never for production.
ARG BUILD_IMAGE=node:24-bookworm-slim
ARG BASE_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot

# Up to the packages the same as app.Dockerfile, so that a builder that keeps layers installs them once for all images.
FROM ${BUILD_IMAGE} AS manifests
WORKDIR /workspace
COPY . .
RUN mkdir /manifests && find . -name package.json -exec cp --parents {} /manifests ';' && cp package-lock.json /manifests

FROM ${BUILD_IMAGE} AS build
WORKDIR /workspace
COPY --from=manifests /manifests ./
# Without the packages' scripts: building needs none of them. The Node.js that builds is the image's.
RUN npm ci --ignore-scripts --no-audit --no-fund && ln -sf "$(command -v node)" node_modules/.bin/node
COPY libs/common libs/common
COPY libs/clients libs/clients
COPY libs/testing libs/testing
COPY tsconfig.base.json ./
# They lie as in the workspace: the look-alike reads Launchpad's description where it finds it from its own source.
RUN npx --no-install esbuild libs/testing/src/launchpad/main.ts --bundle --platform=node --target=node22 \
      --conditions=@tributary/source --outfile=/samples/libs/testing/src/launchpad/representation/main.js \
 && npx --no-install esbuild libs/testing/src/catalog-api/main.ts --bundle --platform=node --target=node22 \
      --conditions=@tributary/source --outfile=/samples/libs/testing/src/catalog-api/main.js \
 && mkdir -p /samples/libs/clients/src/launchpad/service-description \
 && cp libs/clients/src/launchpad/service-description/devel.json /samples/libs/clients/src/launchpad/service-description/

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="samples" \
      org.opencontainers.image.description="Tributary: what its samples talk to" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="Tributary"
ENV PATH=/usr/local/bin:/nodejs/bin:/usr/bin:/bin \
    LAUNCHPAD=/samples/libs/testing/src/launchpad/representation/main.js \
    CATALOG=/samples/libs/testing/src/catalog-api/main.js
COPY --from=build /samples/ /samples/
USER 10001:10001
ENTRYPOINT ["node"]

# Handover in a container. Build: docker build -t handover .
# The base image is an argument, so that a mirror or a digest can be given: --build-arg NODE_IMAGE=…
ARG NODE_IMAGE=node:22-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node scripts/build.mjs

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="Handover" \
      org.opencontainers.image.description="Dashboard for JS7 Controller clusters in Docker" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production HANDOVER_HOST=0.0.0.0 PORT=3000 HANDOVER_DATA=/data
WORKDIR /app
COPY --from=build /src/.next/standalone ./.next/standalone
COPY --from=build /src/scripts/start.mjs ./scripts/start.mjs
# `docker compose exec handover handover status`: the command line, which speaks to the server in this container.
RUN ln -s /app/.next/standalone/dist/cli/handover.mjs /usr/local/bin/handover
RUN mkdir /data && chown 1000:1000 /data
# Never root: what it may do on the host is decided by the group of the Docker socket alone (compose.yaml: group_add).
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "scripts/start.mjs"]

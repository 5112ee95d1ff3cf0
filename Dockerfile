# The gateway and nothing else: no sandbox, no development or optional packages, no package manager of the build.
# Written for: docker run --read-only --cap-drop ALL --security-opt no-new-privileges, see docs/deployment.md.

FROM node:24.11.0-bookworm-slim AS dependencies
WORKDIR /opt/phi-gateway
# better-sqlite3 is compiled where no prebuilt binary can be had.
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund

FROM dependencies AS build
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY src src
# The command line imports the sandbox lazily, so its types are needed here; it does not come along.
COPY sandbox sandbox
RUN npm run -s build

FROM node:24.11.0-bookworm-slim
LABEL org.opencontainers.image.title="phi-gateway" \
      org.opencontainers.image.description="Zero-trust gateway between healthcare apps and language models" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production
WORKDIR /opt/phi-gateway
COPY --from=dependencies /opt/phi-gateway/node_modules node_modules
COPY --from=build /opt/phi-gateway/dist/src dist/src
COPY package.json LICENSE ./
COPY bin bin
COPY labels labels
COPY policies policies
COPY redaction-rules redaction-rules
COPY tasks tasks
COPY deploy/entry.sh entry.sh
# Trail and vault live on a volume here; everything else may be read-only.
RUN mkdir -p /var/lib/phi-gateway /etc/phi-gateway && chown node:node /var/lib/phi-gateway && chmod 700 /var/lib/phi-gateway
VOLUME ["/var/lib/phi-gateway"]
# 8080 is for callers, behind a TLS terminator; 9090 is for operators only.
EXPOSE 8080 9090
USER 1000:1000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PHI_GATEWAY_LISTENERS__OPERATIONS__PORT ?? 9090}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/bin/sh", "/opt/phi-gateway/entry.sh"]
CMD ["serve", "--config", "/etc/phi-gateway/gateway.yaml"]

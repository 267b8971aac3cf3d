# docker build --build-arg VERSION=0.2.0 --build-arg REVISION="$(git rev-parse HEAD)" -t clinic-operator:0.2.0 .
# This needs BuildKit, or another builder that knows RUN --mount. dev/image/check runs every step without a builder.
ARG RUNTIME=eclipse-temurin:25-jre

FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /src
COPY . ./
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -q package -Dmaven.test.skip -DskipITs -DskipChecks
RUN dev/image/layout

FROM $RUNTIME
ARG VERSION=unversioned
ARG REVISION=unknown
LABEL org.opencontainers.image.title="clinic-operator" \
      org.opencontainers.image.description="Connects clinics to a company's cloud without VPNs, through ngrok" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
COPY --from=build /src/target/layout/lib /app/lib
COPY --from=build /src/target/layout/clinic-operator.jar /src/target/layout/sbom.json /app/
# The archive is made by the JVM that will use it, from the files in their final place.
RUN --mount=type=bind,source=dev/image,target=/image /image/archive /app
# This user owns no files. The JVM writes temporary files to /tmp, the only place that must be writable.
USER 65532:65532
EXPOSE 8080
# The sizes below fit a container of 256 MiB, and are explained in docs/image.md: 46 % of it for the heap, 512 KiB for
# each thread's stack, and 26 MiB for code. The serial collector keeps the least memory for itself, and gives memory
# back when a fifth to two fifths of the heap are free. Only the first compiler: the operator waits more than it
# computes, and this halves the processor time of a start. glibc keeps at most two arenas.
ENV MALLOC_ARENA_MAX=2
ENTRYPOINT ["java", "-XX:SharedArchiveFile=/app/clinic-operator.jsa", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", \
            "-XX:MaxRAMPercentage=46", "-XX:MinRAMPercentage=46", "-XX:MinHeapFreeRatio=20", \
            "-XX:MaxHeapFreeRatio=40", "-XX:ReservedCodeCacheSize=26m", "-Xss512k", "-XX:+ExitOnOutOfMemoryError", \
            "-jar", "/app/clinic-operator.jar"]
CMD ["run"]

FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /src
COPY pom.xml ./
RUN mvn -B -ntp -q dependency:go-offline -DskipTests
COPY src ./src
COPY crds ./crds
RUN mvn -B -ntp -q package -DskipTests

FROM eclipse-temurin:25-jre
COPY --from=build /src/target/clinic-operator.jar /app/clinic-operator.jar
# The JVM writes its own scratch files to /tmp, the only place that must be writable.
USER 65532:65532
EXPOSE 8080
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError"
ENTRYPOINT ["java", "-jar", "/app/clinic-operator.jar"]
CMD ["run"]

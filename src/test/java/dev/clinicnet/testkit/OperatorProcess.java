package dev.clinicnet.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An operator that runs as a process, which a test reads, disturbs and ends. */
public final class OperatorProcess implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("metrics and health on port (\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static final int LAST_LINES = 50;

  private final String name;
  private final Process process;
  private final Path logFile;

  OperatorProcess(String name, Process process, Path logFile) {
    this.name = name;
    this.process = process;
    this.logFile = logFile;
  }

  /** Its name, with which its identity in the Lease begins. */
  public String name() {
    return name;
  }

  /** Waits until it answers that it is ready. A standby is ready too. */
  public OperatorProcess awaitReady() {
    await().atMost(PATIENCE).until(this::isReadyOrDead);
    requireAlive();
    return this;
  }

  /** Waits until it leads. */
  public OperatorProcess awaitLeading() {
    await().atMost(PATIENCE).until(() -> !process.isAlive() || isLeading());
    requireAlive();
    return this;
  }

  /** Whether it says that it leads. */
  public boolean isLeading() {
    return metric("operator_leader").orElse(0) == 1;
  }

  /** The status of a path of its health server; empty if there is no answer. */
  public OptionalInt health(String path) {
    HttpResponse<String> answer = get(path);
    return answer == null ? OptionalInt.empty() : OptionalInt.of(answer.statusCode());
  }

  /** The value of a metric without labels; empty when there is none. */
  public OptionalDouble metric(String metric) {
    HttpResponse<String> answer = get("/metrics");
    return answer == null
        ? OptionalDouble.empty()
        : answer
            .body()
            .lines()
            .filter(line -> line.startsWith(metric + " "))
            .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
            .findFirst();
  }

  /** Ends it at once by SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Tells it to stop by SIGTERM, and does not wait. */
  public void terminate() {
    process.destroy();
  }

  /** Tells it to stop, waits until it has, and returns its exit code. */
  public int stop() {
    terminate();
    return awaitExit();
  }

  /** Waits until it has ended, and returns its exit code. */
  public int awaitExit() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(lastWords() + "\ndoes not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Pauses it by SIGSTOP, with everything that it has open. The signal takes a moment to arrive.
   */
  public void freeze() {
    signal("STOP");
    await().atMost(PATIENCE).until(this::isFrozen);
  }

  /** Whether every thread is stopped, as Linux reports. On other systems this is not known. */
  private boolean isFrozen() {
    Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
    if (!Files.isDirectory(threads)) {
      return true;
    }
    try (Stream<Path> all = Files.list(threads)) {
      return all.allMatch(OperatorProcess::isStopped);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isStopped(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      // The name of the thread is in parentheses and may have any text. The state follows.
      return stat.startsWith("T", stat.lastIndexOf(')') + 2);
    } catch (NoSuchFileException ended) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Continues it after {@link #freeze} by SIGCONT. */
  public void thaw() {
    signal("CONT");
  }

  /** Whether it runs or is paused. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its log until now. */
  public String log() {
    try {
      return Files.readString(logFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of its log, and the file with the rest. */
  String lastWords() {
    List<String> lines = log().lines().toList();
    return name
        + " ("
        + logFile
        + "):\n"
        + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** Ends it if it has not ended, also when it is paused. */
  @Override
  public void close() {
    kill();
  }

  private boolean isReadyOrDead() {
    return !process.isAlive() || health("/readyz").orElse(0) == 200;
  }

  private void requireAlive() {
    if (!process.isAlive()) {
      throw new AssertionError(lastWords() + "\nhas ended with " + process.exitValue());
    }
  }

  /** The answer; null when there is none. */
  private HttpResponse<String> get(String path) {
    Matcher port = PORT.matcher(log());
    if (!port.find()) {
      return null;
    }
    try {
      return HTTP.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.group(1) + path))
              .timeout(Duration.ofSeconds(2))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException notServed) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void signal(String signal) {
    try {
      int code =
          new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + signal + " ended with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

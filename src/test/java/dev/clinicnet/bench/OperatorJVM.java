package dev.clinicnet.bench;

import static org.awaitility.Awaitility.await;

import dev.clinicnet.testkit.ProgramOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operator in a JVM of its own, with the command of the container. Its use is read from /proc.
 */
final class OperatorJVM implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("metrics and health on port (\\d+)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Clock ticks in a second of the times in /proc: fixed for user space on Linux. */
  private static final double TICKS = 100;

  /** The user's time in /proc/PID/stat, counted from the field after the name in parentheses. */
  private static final int USER_TIME = 11;

  /** The serial collector moves all objects together every fourth time. */
  private static final int COLLECTIONS = 5;

  private static final double KIB = 1 << 10;
  private static final double MIB = 1 << 20;

  private final Process process;
  private final Path log;
  private final List<String> command;

  private OperatorJVM(Process process, Path log, List<String> command) {
    this.process = process;
    this.log = log;
    this.command = command;
  }

  /**
   * Starts it, and waits until it is ready.
   *
   * @param container the command by which the container starts
   * @param arguments the options of {@code run}
   */
  static OperatorJVM start(
      List<String> container, List<String> arguments, String apiKey, Path log) {
    List<String> command = new ArrayList<>(container);
    command.add("run");
    command.addAll(arguments);
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.startsWith("CLINIC_OPERATOR_") || name.startsWith("NGROK_"));
      builder.environment().putAll(ContainerCommand.environment());
      builder.environment().put("NGROK_API_KEY", apiKey);
      builder.environment().put("LOG_FORMAT", "text");
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      OperatorJVM operator = new OperatorJVM(builder.start(), log, command);
      Runtime.getRuntime().addShutdownHook(new Thread(operator::close, "end-operator"));
      operator.awaitReady();
      return operator;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !process.isAlive() || isReady());
    requireAlive();
  }

  /** Fails if it has ended, for example because it ran out of memory. */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "the operator ended with " + process.exitValue() + ": " + log);
    }
  }

  private boolean isReady() {
    Matcher port = PORT.matcher(log());
    if (!port.find()) {
      return false;
    }
    URI url = URI.create("http://127.0.0.1:" + port.group(1) + "/readyz");
    try {
      return HTTP.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException notServed) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many lines of its log are warnings or errors. */
  long warnings() {
    return log().lines().filter(line -> line.matches(".*\\b(WARN|ERROR)\\b.*")).count();
  }

  /** The command by which it runs. */
  List<String> command() {
    return command;
  }

  /** The time of the processors that it has used, in seconds. */
  double cpuSeconds() {
    String stat = proc("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])) / TICKS;
  }

  /** The memory that it holds now, in bytes. */
  long residentBytes() {
    return kilobytes("VmRSS") * 1024;
  }

  /** The most memory that it ever held, in bytes. */
  long peakResidentBytes() {
    return kilobytes("VmHWM") * 1024;
  }

  private long kilobytes(String field) {
    Matcher line = Pattern.compile(field + ":\\s+(\\d+) kB").matcher(proc("status"));
    if (!line.find()) {
      throw new IllegalStateException(field);
    }
    return Long.parseLong(line.group(1));
  }

  private String proc(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
    } catch (IOException e) {
      requireAlive();
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Collects its garbage, and shows the objects that are left by class. One collection leaves
   * objects that have a cleaner, and the serial collector moves all objects together only now and
   * then. So there are several.
   */
  HeapHistogram heap(Path java) {
    for (int collection = 1; collection < COLLECTIONS; collection++) {
      jcmd(java, "GC.run");
    }
    return HeapHistogram.parse(jcmd(java, "GC.class_histogram"));
  }

  /**
   * The parts of its memory that it can name, in MiB, as they were after the last collection.
   *
   * @param java the home of its JDK
   */
  Map<String, Double> memory(Path java) {
    String counters = jcmd(java, "PerfCounter.print");
    double classes = sum(counters, "sun\\.gc\\.metaspace\\.capacity=(\\d+)") / MIB;
    double heap = sum(counters, "sun\\.gc\\.generation\\.\\d\\.maxCapacity=(\\d+)") / MIB;
    String code = jcmd(java, "Compiler.codecache");
    double mostCode = sum(code, "size=(\\d+)Kb") / KIB;
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("heap", sum(counters, "sun\\.gc\\.generation\\.\\d\\.capacity=(\\d+)") / MIB);
    parts.put("heap, at most", heap);
    parts.put("classes", classes);
    parts.put("compiled code, the most so far", sum(code, "max_used=(\\d+)Kb") / KIB);
    parts.put("compiled code, at most", mostCode);
    parts.put("heap and code at most, with the classes", heap + mostCode + classes);
    parts.put("stacks of all threads, reserved", sum(counters, "threads\\.live=(\\d+)") / 2);
    return parts;
  }

  private static double sum(String text, String number) {
    return Pattern.compile(number)
        .matcher(text)
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .sum();
  }

  private String jcmd(Path java, String command) {
    return ProgramOutput.of(
        new ProcessBuilder(
            java.resolve("bin/jcmd").toString(), Long.toString(process.pid()), command));
  }

  /** Tells it to stop, and waits until it has. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the operator does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

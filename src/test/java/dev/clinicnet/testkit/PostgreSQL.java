package dev.clinicnet.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL server of the machine's package, on loopback, with an empty database. */
public final class PostgreSQL implements AutoCloseable {
  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
  private static final Path LOG = Path.of("server.log");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path binaries;
  private final Path directory;
  private final int port;

  private PostgreSQL(Path binaries, Path directory, int port) {
    this.binaries = binaries;
    this.directory = directory;
    this.port = port;
  }

  /** The newest installed version; empty without any, or without its client. */
  public static Optional<Path> installed() {
    if (!Files.isDirectory(PACKAGES) || !Files.isExecutable(Path.of("/usr/bin/psql"))) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(PACKAGES)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Path::compareTo);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a database in a new directory, and serves it. */
  public static PostgreSQL start(Path binaries) throws IOException {
    Path directory = Files.createTempDirectory("clinic-postgresql");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    PostgreSQL server = new PostgreSQL(binaries, directory, port);
    if (isRoot()) {
      // PostgreSQL does not run as root.
      server.run(List.of("chown", "postgres", directory.toString()));
    }
    server.runAsServer("initdb", "--auth=trust", "--username=postgres", "--no-sync");
    server.runAsServer(
        "pg_ctl",
        "--wait",
        "--log=" + directory.resolve(LOG),
        "--options=-h 127.0.0.1 -p " + port + " -k " + directory + " -c fsync=off",
        "start");
    return server;
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  public void close() {
    runAsServer("pg_ctl", "--wait", "--mode=immediate", "stop");
    await().atMost(PATIENCE).until(() -> !Files.exists(directory.resolve("data/postmaster.pid")));
    run(List.of("rm", "-rf", directory.toString()));
  }

  private void runAsServer(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.addAll(
        List.of(binaries.resolve(program).toString(), "--pgdata=" + directory.resolve("data")));
    command.addAll(List.of(arguments));
    run(command);
  }

  private void run(List<String> command) {
    try {
      Path output = Files.createTempFile("postgresql", ".log");
      Process process =
          new ProcessBuilder(command)
              .directory(new java.io.File("/"))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(command + ": " + Files.readString(output));
      }
      Files.delete(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }
}

package dev.clinicnet.operator.simulation;

import dev.clinicnet.operator.cli.CommandErrors;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Shows that the simulation bites. It applies each patch to a copy of the operator's sources,
 * compiles them, and runs the simulation with them until a rule is broken. A class loader for each
 * patch keeps them apart.
 */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    description = "Breaks the operator's rules one by one, and expects the simulation to notice.")
public final class Faults implements Callable<Integer> {
  static final Path PATCHES = Path.of("src/test/faults");
  private static final String SUFFIX = ".patch";
  private static final String OURS = "dev.clinicnet.";
  private static final String NEW_FILE = "+++ b/";

  /** Before the patch: a seed that has noticed it, which is tried first. */
  private static final String SEED = "Seed: ";

  @Parameters(arity = "0..*", description = "Names of patches. Default: all of them.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "Patches side by side. Default: 2.")
  private int threads;

  /** Made by picocli. */
  public Faults() {}

  /** Runs it and ends the process: 0 means that every patch was noticed. */
  public static void main(String[] args) {
    CommandErrors errors = new CommandErrors();
    System.exit(
        new CommandLine(new Faults())
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors)
            .execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    // Before there are threads, because it begins with a substitute for them.
    LoggerFactory.getILoggerFactory();
    List<String> wanted = names.isEmpty() ? all() : names;
    Path work = Files.createTempDirectory("faults");
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    int missed = 0;
    try {
      List<Future<String>> results = new ArrayList<>();
      wanted.forEach(name -> results.add(pool.submit(() -> broken(name, work.resolve(name)))));
      for (int i = 0; i < wanted.size(); i++) {
        missed += tell(wanted.get(i), results.get(i)) ? 0 : 1;
      }
    } finally {
      pool.shutdownNow();
      delete(work);
    }
    System.out.printf(
        "%d patches, %d missed, in %d s%n",
        wanted.size(), missed, (System.nanoTime() - begun) / 1_000_000_000);
    return missed == 0 ? 0 : 1;
  }

  private static List<String> all() throws IOException {
    try (Stream<Path> files = Files.list(PATCHES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  private static boolean tell(String name, Future<String> result) throws InterruptedException {
    String problem;
    try {
      String broken = result.get();
      if (!broken.isEmpty()) {
        System.out.println(
            "caught " + name + ": " + broken.substring(0, Math.min(140, broken.length())));
        return true;
      }
      problem = "not noticed";
    } catch (ExecutionException e) {
      problem = e.getCause().toString();
    }
    System.out.println("FAILED " + name + ": " + problem);
    return false;
  }

  /** The first rule that is broken with this patch; an empty text if none is. */
  private static String broken(String name, Path copy) throws Exception {
    Path classes = Files.createDirectories(copy.resolve("classes"));
    Path patch = PATCHES.resolve(name + SUFFIX);
    compile(patched(patch, copy), classes);
    List<Long> seeds =
        Files.readAllLines(patch).stream()
            .filter(line -> line.startsWith(SEED))
            .map(line -> Long.valueOf(line.substring(SEED.length())))
            .toList();
    try (URLClassLoader loader = new Apart(classes)) {
      @SuppressWarnings("unchecked") // the same class, loaded apart
      Function<List<Long>, String> search =
          (Function<List<Long>, String>)
              loader.loadClass(FirstBroken.class.getName()).getConstructor().newInstance();
      return search.apply(seeds);
    }
  }

  /** Applies a patch to a copy of the files that it changes. */
  private static List<File> patched(Path patch, Path copy)
      throws IOException, InterruptedException {
    List<File> changed = new ArrayList<>();
    for (String line : Files.readAllLines(patch)) {
      if (line.startsWith(NEW_FILE)) {
        String file = line.substring(NEW_FILE.length());
        Files.createDirectories(copy.resolve(file).getParent());
        Files.copy(Path.of(file), copy.resolve(file));
        changed.add(copy.resolve(file).toFile());
      }
    }
    Process git =
        new ProcessBuilder("git", "apply", "-C1", patch.toAbsolutePath().toString())
            .directory(copy.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (git.waitFor() != 0 || changed.isEmpty()) {
      throw new IllegalStateException("the patch no longer applies: " + said.strip());
    }
    return changed;
  }

  private static void compile(List<File> sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of(
              "-proc:none", "-parameters", "-nowarn", "--release", "17", "-d", classes.toString());
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjectsFromFiles(sources))
              .call();
      if (!compiled) {
        throw new IllegalStateException("the patched sources do not compile: " + said);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted((one, other) -> other.compareTo(one)).map(Path::toFile).forEach(File::delete);
    }
  }

  /** Loads the operator and the simulation anew, with some classes in the place of others. */
  private static final class Apart extends URLClassLoader {
    Apart(Path classes) throws IOException {
      super(folders(classes), Faults.class.getClassLoader());
    }

    private static URL[] folders(Path classes) throws IOException {
      List<URL> folders = new ArrayList<>();
      folders.add(classes.toUri().toURL());
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        if (Files.isDirectory(Path.of(entry))) {
          folders.add(Path.of(entry).toUri().toURL());
        }
      }
      return folders.toArray(new URL[0]);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (!name.startsWith(OURS)) {
          return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }
}

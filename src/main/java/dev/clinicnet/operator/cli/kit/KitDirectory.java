package dev.clinicnet.operator.cli.kit;

import dev.clinicnet.operator.clinic.SiteKitSecret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The directory that a site kit is written to. Only its owner may read what is written there. */
final class KitDirectory {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path directory;

  KitDirectory(Path directory) {
    this.directory = directory;
  }

  /** Why a site kit must not be written here; empty if it may. */
  Optional<String> obstacle(SiteKit kit) throws IOException {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      return Optional.of(directory + " is not a directory");
    }
    Path config = directory.resolve(SiteKitSecret.CONFIG);
    if (Files.isRegularFile(config, LinkOption.NOFOLLOW_LINKS)
        && kit.isEarlier(Files.readString(config, StandardCharsets.ISO_8859_1))) {
      return Optional.empty();
    }
    return SiteKit.NAMES.stream()
        .filter(name -> Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS))
        .findFirst()
        .map(
            name ->
                directory
                    + " holds a "
                    + name
                    + " that is not of an earlier site kit of Clinic "
                    + kit.clinic());
  }

  /** Writes the files, each at once: nobody ever reads a part of one. */
  void write(SiteKit kit) throws IOException {
    if (!Files.exists(directory)) {
      Files.createDirectories(
          directory.toAbsolutePath(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } else if (holdsNothingElse()) {
      Files.setPosixFilePermissions(directory, OWNER_ONLY);
    }
    for (Map.Entry<String, String> file : kit.files().entrySet()) {
      replace(directory.resolve(file.getKey()), file.getValue());
    }
  }

  /** Whether others may replace the files in the directory. */
  boolean isOpenToOthers() throws IOException {
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(directory);
    return rights.contains(PosixFilePermission.GROUP_WRITE)
        || rights.contains(PosixFilePermission.OTHERS_WRITE);
  }

  private boolean holdsNothingElse() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      return SiteKit.NAMES.containsAll(names);
    }
  }

  private void replace(Path target, String text) throws IOException {
    // Only its owner may read a file that this method makes.
    Path written = Files.createTempFile(directory, ".site-kit-", ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(
          written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }
}

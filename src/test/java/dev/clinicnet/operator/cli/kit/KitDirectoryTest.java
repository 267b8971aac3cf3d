package dev.clinicnet.operator.cli.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitDirectoryTest {
  private static final SiteKit KIT = kit("clinics/one", "token-2");

  @TempDir private Path home;

  @Test
  void onlyTheOwnerMayReadWhatIsWritten() throws IOException {
    Path made = home.resolve("a/b");
    write(made, KIT);

    assertThat(rights(made)).isEqualTo("rwx------");
    assertThat(rights(made.resolve("ngrok.yml"))).isEqualTo("rw-------");
    assertThat(rights(made.resolve("README.txt"))).isEqualTo("rw-------");
    assertThat(rights(home.resolve("a"))).isEqualTo("rwx------");
    assertThat(names(made)).containsExactlyInAnyOrder("ngrok.yml", "README.txt");
  }

  @Test
  void anEarlierKitOfTheSameClinicIsReplacedAndItsRightsAreMended() throws IOException {
    write(home, kit("clinics/one", "token-1"));
    Files.setPosixFilePermissions(
        home.resolve("ngrok.yml"), PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(new KitDirectory(home).obstacle(KIT)).isEmpty();
    write(home, KIT);

    assertThat(Files.readString(home.resolve("ngrok.yml"))).contains("token-2");
    assertThat(rights(home.resolve("ngrok.yml"))).isEqualTo("rw-------");
    assertThat(rights(home)).isEqualTo("rwx------");
  }

  @Test
  void theKitOfAnotherClinicIsKept() throws IOException {
    write(home, kit("clinics/two", "token-1"));

    assertThat(new KitDirectory(home).obstacle(KIT))
        .hasValueSatisfying(
            why -> assertThat(why).contains("is not of an earlier site kit of Clinic clinics/one"));
    write(home, kit("clinics/on", "token-1"));
    assertThat(new KitDirectory(home).obstacle(KIT)).isPresent();
  }

  @Test
  void filesOfSomebodyElseAreKeptAndTheirDirectoryToo() throws IOException {
    Files.writeString(home.resolve("README.txt"), "mine");
    assertThat(new KitDirectory(home).obstacle(KIT)).isPresent();

    Files.move(home.resolve("README.txt"), home.resolve("notes.txt"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(new KitDirectory(home).obstacle(KIT)).isEmpty();
    write(home, KIT);
    assertThat(rights(home)).as("others may need the other files").isEqualTo("rwxr-xr-x");
  }

  @Test
  void aFileIsNoDirectory() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "mine");

    assertThat(new KitDirectory(file).obstacle(KIT)).isPresent();
    assertThatThrownBy(() -> write(file, KIT)).isInstanceOf(FileSystemException.class);
    assertThat(Files.readString(file)).isEqualTo("mine");
  }

  @Test
  void aLinkIsReplacedAndNotFollowed() throws IOException {
    Path elsewhere = Files.writeString(home.resolve("elsewhere"), "mine");
    Path to = Files.createDirectory(home.resolve("to"));
    Files.createSymbolicLink(to.resolve("ngrok.yml"), elsewhere);

    assertThat(new KitDirectory(to).obstacle(KIT)).isPresent();
    write(to, KIT);

    assertThat(Files.readString(elsewhere)).isEqualTo("mine");
    assertThat(Files.isSymbolicLink(to.resolve("ngrok.yml"))).isFalse();
  }

  @Test
  void whatCannotBeReplacedLeavesNothingBehind() throws IOException {
    Files.createDirectories(home.resolve("ngrok.yml/full"));

    assertThatThrownBy(() -> write(home, KIT)).isInstanceOf(IOException.class);

    assertThat(names(home)).containsExactlyInAnyOrder("README.txt", "ngrok.yml");
  }

  @Test
  void aDirectoryThatOthersMayWriteToIsNoticed() throws IOException {
    Files.writeString(home.resolve("notes.txt"), "mine");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxr-x"));
    assertThat(new KitDirectory(home).isOpenToOthers()).isTrue();
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(new KitDirectory(home).isOpenToOthers()).isFalse();
  }

  @Test
  void aKitDoesNotShowItsToken() {
    assertThat(KIT.toString()).doesNotContain("token-2");
  }

  private static SiteKit kit(String clinic, String token) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("README.txt", "read me");
    files.put(
        "ngrok.yml",
        """
        # ngrok agent configuration of One
        # Clinic %s, configuration abc
        #
        # Written by clinic-operator. Do not edit it here.
        agent: {authtoken: %s}
        """
            .formatted(clinic, token));
    return new SiteKit(clinic, files);
  }

  private static void write(Path directory, SiteKit kit) throws IOException {
    new KitDirectory(directory).write(kit);
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}

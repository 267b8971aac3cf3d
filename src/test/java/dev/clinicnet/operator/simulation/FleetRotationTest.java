package dev.clinicnet.operator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * All authtokens of a fleet become due at the same moment, under the real limit of requests. One
 * thread waits for every request here, so the more Clinics there are, the slower it is than an
 * operator with many threads.
 */
class FleetRotationTest {
  private static final int CLINICS = 200;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** How long a technician takes to install a new site kit. */
  private static final Duration INSTALLS = Duration.ofMinutes(5);

  private static final Pattern REQUEST = Pattern.compile("\\b(GET|POST|PATCH|DELETE) (/[a-z_]+)");

  private static final String KIT = "-site-kit";
  private static final String CREDENTIAL = "clinicnet.dev/credential-id";

  private final Map<String, String> agents = new HashMap<>();
  private final Map<String, Instant> installs = new LinkedHashMap<>();
  private final List<String> rotated = new ArrayList<>();

  @Test
  void allRotateOldestFirstWithinTheBudgetAndNoClinicGoesOffline() {
    try (World world = new World(new Schedule(1, List.of(), Map.of()), List.of())) {
      converge(world);
      List<String> byAge = byAge(world);
      int before = world.trace().lines().size();
      world.server().listen(event -> noticeNewToken(world, event));
      Instant begin = world.now();

      IntStream.range(0, CLINICS)
          .forEach(i -> world.server().apply(clinic(i).rotating("24h").overlap("30m").build()));
      Instant last = begin;
      while (Duration.between(last, world.now()).compareTo(Duration.ofMinutes(90)) < 0) {
        int known = rotated.size();
        world.scheduler().runUntil(world.now().plus(MINUTE));
        install(world);
        assertThat(online(world)).as("at %s", world.now()).hasSize(CLINICS);
        last = rotated.size() > known ? world.now() : last;
      }

      Map<String, Integer> requests = requests(world, before);
      System.out.printf(
          "%d rotations in %d min: %s%n",
          rotated.size(), Duration.between(begin, last).toMinutes(), requests);
      assertThat(new HashSet<>(rotated)).hasSize(CLINICS);
      assertThat(rotated).hasSize(CLINICS);
      assertThat(requests)
          .containsEntry("POST /credentials", CLINICS)
          .containsEntry("DELETE /credentials", CLINICS);
      assertThat(requests.keySet())
          .filteredOn(what -> !what.startsWith("GET"))
          .containsExactlyInAnyOrder("POST /credentials", "DELETE /credentials");
      assertThat(Duration.between(begin, last)).isLessThan(Duration.ofMinutes(CLINICS / 2));
      assertOldestFirst(byAge);
      assertThat(world.rules().violations()).isEmpty();
      assertThat(world.platform().all("credentials")).hasSize(CLINICS);
    }
  }

  private void converge(World world) {
    IntStream.range(0, CLINICS).forEach(i -> world.server().apply(clinic(i).build()));
    world.scheduler().start();
    while (world.server().all(Clinic.class).stream().anyMatch(clinic -> !isReady(clinic))) {
      assertThat(world.age()).isLessThan(Duration.ofHours(2));
      world.scheduler().runUntil(world.now().plus(MINUTE));
    }
    for (Secret kit : world.server().all(Secret.class)) {
      connect(world, kit);
    }
    world.scheduler().runUntil(world.now().plus(Duration.ofMinutes(10)));
    world.pass(Duration.ofHours(25));
    world.scheduler().runUntil(world.now().plus(Duration.ofMinutes(10)));
  }

  private static ClinicBuilder clinic(int number) {
    return ClinicBuilder.clinic("clinic%04d".formatted(number)).overlap("30m");
  }

  private static boolean isReady(Clinic clinic) {
    return Conditions.isTrue(Conditions.of(clinic), ConditionType.Ready);
  }

  private static List<String> byAge(World world) {
    TreeMap<String, String> ages = new TreeMap<>();
    for (Clinic clinic : world.server().all(Clinic.class)) {
      String name = clinic.getMetadata().getName();
      ages.put(clinic.getStatus().authtoken().issuedAt() + " " + name, name);
    }
    return List.copyOf(ages.values());
  }

  private void noticeNewToken(World world, ApiServer.Event event) {
    if (event.after() instanceof Secret kit
        && event.before() != null
        && !credential(kit).equals(credential((Secret) event.before()))) {
      String clinic = clinic(kit);
      rotated.add(clinic);
      installs.put(clinic, world.now().plus(INSTALLS));
    }
  }

  private void install(World world) {
    List<String> due =
        installs.keySet().stream().filter(c -> !installs.get(c).isAfter(world.now())).toList();
    for (String clinic : due) {
      installs.remove(clinic);
      String old = agents.get(clinic);
      connect(
          world, world.server().get(Secret.class, Wishes.NAMESPACE, clinic + KIT).orElseThrow());
      world.platform().disconnect(old);
    }
  }

  private void connect(World world, Secret kit) {
    String file = Site.text(kit, "ngrok.yml").orElseThrow();
    agents.put(clinic(kit), world.platform().connect(file).orElseThrow());
  }

  private static String clinic(Secret kit) {
    String name = kit.getMetadata().getName();
    return name.substring(0, name.length() - KIT.length());
  }

  private static String credential(Secret kit) {
    return kit.getMetadata().getAnnotations().getOrDefault(CREDENTIAL, "");
  }

  private static Set<String> online(World world) {
    Set<String> clinics = new HashSet<>();
    for (JsonNode session : world.platform().all("tunnel_sessions")) {
      clinics.add(session.path("metadata").asText());
    }
    return clinics;
  }

  /** The first ones begin before the others have asked, so a Clinic may be a few places away. */
  private void assertOldestFirst(List<String> byAge) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < byAge.size(); i++) {
      places.put(byAge.get(i), i);
    }
    long late =
        IntStream.range(0, rotated.size())
            .filter(i -> Math.abs(places.get(rotated.get(i)) - i) > 40)
            .count();
    assertThat(late).as("Clinics far from their place: %s", rotated).isLessThan(CLINICS / 20);
  }

  private static Map<String, Integer> requests(World world, int from) {
    Map<String, Integer> counts = new TreeMap<>();
    List<String> lines = world.trace().lines();
    for (String line : lines.subList(from, lines.size())) {
      Matcher request = REQUEST.matcher(line);
      if (request.find()) {
        counts.merge(request.group(1) + " " + request.group(2), 1, Integer::sum);
      }
    }
    return counts;
  }
}

package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.ngrok.WriteGuard;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The caches for a pass that still runs when the operator stops. */
class LiveCacheTest {
  private final Services services = new Services();
  private final JosdkSessionCluster cluster =
      new JosdkSessionCluster(null, services, status -> {}, WriteGuard.ALWAYS, Clock.systemUTC());

  @Test
  void aServiceIsFoundWhileTheOperatorRuns() {
    services.start();

    assertThat(cluster.service("clinics", "dashboard")).isPresent();
    assertThat(cluster.service("clinics", "imaging")).isEmpty();
  }

  /** Its sessions would be recorded as closed forever. */
  @Test
  void whenItStopsNothingIsTakenForGone() {
    services.start();
    services.stop();

    assertThatThrownBy(() -> cluster.service("clinics", "dashboard"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the operator is stopping");
  }

  /** A cache like the SDK's: it is stopped and then emptied. */
  private static final class Services extends AbstractEventSource<ClinicService, ClinicSession>
      implements IndexerResourceCache<ClinicService> {
    private final List<ClinicService> held = new ArrayList<>();

    private Services() {
      super(ClinicService.class);
      ClinicService dashboard = new ClinicService();
      dashboard.setMetadata(
          new ObjectMetaBuilder().withNamespace("clinics").withName("dashboard").build());
      held.add(dashboard);
    }

    @Override
    public void stop() {
      super.stop();
      held.clear();
    }

    @Override
    public Optional<ClinicService> get(ResourceID id) {
      return held.stream().filter(s -> ResourceID.fromResource(s).equals(id)).findFirst();
    }

    @Override
    public Stream<ResourceID> keys() {
      return held.stream().map(ResourceID::fromResource);
    }

    @Override
    public Stream<ClinicService> list(Predicate<ClinicService> predicate) {
      return held.stream().filter(predicate);
    }

    @Override
    public Stream<ClinicService> list(String namespace, Predicate<ClinicService> predicate) {
      return list(predicate);
    }

    @Override
    public List<ClinicService> byIndex(String index, String key) {
      return List.copyOf(held);
    }

    @Override
    public void addIndexers(Map<String, Function<ClinicService, List<String>>> indexers) {
      // Nothing is looked up by one.
    }

    @Override
    public Set<ClinicService> getSecondaryResources(ClinicSession session) {
      return Set.copyOf(held);
    }
  }
}

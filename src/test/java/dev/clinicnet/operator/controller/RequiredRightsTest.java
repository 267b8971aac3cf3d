package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.controller.OperatorOptions.LeaseOptions;
import dev.clinicnet.operator.rights.GrantedRights;
import dev.clinicnet.operator.rights.Right;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rights that are checked at the start are those that {@code deploy/base} grants. */
class RequiredRightsTest {
  /** Rights for the whole cluster, which an installation for some namespaces may lack. */
  private static final List<String> DISPENSABLE =
      List.of("namespaces", "validatingadmissionpolicybindings");

  private static final LeaseOptions LEASE =
      new LeaseOptions("clinic-operator", "clinic-operator", "one", Duration.ofSeconds(15));

  @Test
  void allThatIsGrantedIsRequiredAndNothingElse() {
    SortedSet<Right> required = new TreeSet<>();
    RequiredRights.of(StartChecks.KINDS, Set.of(), Optional.of(LEASE))
        .forEach(right -> required.add(right(right)));
    RequiredRights.ofGrants().forEach(right -> required.add(right(right)));
    required.removeIf(right -> DISPENSABLE.contains(right.resource()));

    SortedSet<Right> granted = GrantedRights.ofBase();
    granted.removeIf(right -> DISPENSABLE.contains(right.resource()));

    assertThat(required).containsExactlyElementsOf(granted);
  }

  @Test
  void forSomeNamespacesTheyAreRequiredInEach() {
    List<ResourceAttributes> rights =
        RequiredRights.of(StartChecks.KINDS, Set.of("one", "two"), Optional.empty());

    assertThat(rights).extracting(ResourceAttributes::getNamespace).containsOnly("one", "two");
    assertThat(rights).extracting(RequiredRights::text).contains("watch secrets in two");
  }

  private static Right right(ResourceAttributes right) {
    String resource =
        right.getSubresource() == null
            ? right.getResource()
            : right.getResource() + "/" + right.getSubresource();
    return new Right(
        right.getNamespace().isEmpty() ? "ClusterRole" : "Role",
        right.getGroup(),
        resource,
        right.getVerb(),
        right.getName() == null ? "" : right.getName());
  }
}

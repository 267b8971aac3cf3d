package dev.clinicnet.operator.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.ngrok.AgentIngress;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.ngrok.Vault;
import dev.clinicnet.operator.ngrok.VaultSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryTest {
  private static final Owner OWNER = new Owner("Clinic", "clinics", "clinic1");
  private final Inventory inventory = new Inventory();

  /** The values to ask for. */
  private enum Asked {
    BY_ID,
    BY_KEY
  }

  @ParameterizedTest
  @EnumSource(Asked.class)
  void answersUnknownThenAbsentThenPresentThenAbsent(Asked asked) {
    assertThat(find(asked).isUnknown()).isTrue();
    sweep(List.of());
    assertThat(find(asked).isAbsent()).isTrue();
    inventory.wrote(Resource.RESERVED_DOMAINS, domain("rd_1", "a.com", null));
    assertThat(find(asked).isPresent()).isTrue();
    assertThat(find(asked).get().id()).isEqualTo("rd_1");
    inventory.deleted(Resource.RESERVED_DOMAINS, "rd_1");
    assertThat(find(asked).isAbsent()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Asked.class)
  void doubtTakesAbsencesBackAndLeavesWhatIsPresent(Asked asked) {
    // Given
    sweep(List.of());
    // When
    inventory.doubt(Resource.RESERVED_DOMAINS);
    // Then
    assertThat(find(asked).isUnknown()).isTrue();
    assertThat(inventory.isKnown(Resource.RESERVED_DOMAINS)).isFalse();
    inventory.wrote(Resource.RESERVED_DOMAINS, domain("rd_1", "a.com", null));
    assertThat(find(asked).isPresent()).isTrue();
  }

  @Test
  void oneResourceSaysNothingOfAnother() {
    sweep(List.of());

    assertThat(inventory.isKnown(Resource.RESERVED_ADDRS)).isFalse();
    assertThat(inventory.byID(Resource.RESERVED_DOMAINS, null).isAbsent()).isTrue();
  }

  @Test
  void whatIsNotPresentCannotBeHad() {
    assertThatThrownBy(() -> Finding.absent().get()).isInstanceOf(NoSuchElementException.class);
    assertThat(Finding.unknown().optional()).isEmpty();
  }

  @Test
  void whatWeDeletedIsGoneAndSoIsWhatAListLacks() {
    assertThat(inventory.isGone(Resource.RESERVED_DOMAINS, "rd_1")).isFalse();
    sweep(List.of(domain("rd_1", "a.com", null)));
    assertThat(inventory.isGone(Resource.RESERVED_DOMAINS, "rd_1")).isFalse();
    assertThat(inventory.isGone(Resource.RESERVED_DOMAINS, "rd_2")).isTrue();

    inventory.deleted(Resource.RESERVED_DOMAINS, "rd_1");
    inventory.doubt(Resource.RESERVED_DOMAINS);
    assertThat(inventory.isGone(Resource.RESERVED_DOMAINS, "rd_1")).isTrue();
    assertThat(inventory.isGone(Resource.RESERVED_DOMAINS, "rd_2")).isFalse();
  }

  @Test
  void everyKindIsFoundUnderWhatItIsKnownBy() {
    // Given
    String mark = Mark.of("i", OWNER, "uid", "clinic1").text();
    Credential credential =
        new Credential(
            "cr_1", null, null, mark, List.of("bind:*.clinic1.internal", "bind:a.com"), "u", null);
    inventory.wrote(Resource.CREDENTIALS, credential);
    inventory.wrote(Resource.SERVICE_USERS, new ServiceUser("u", null, "clinicnet-a", true));
    inventory.wrote(Resource.AGENT_INGRESSES, new AgentIngress("ai_1", "connect.acme.com"));
    TunnelSession session =
        new TunnelSession("ts_1", "3", new Ref("cr_1", ""), null, null, null, null, null);
    inventory.wrote(Resource.TUNNEL_SESSIONS, session);
    VaultSecret secret =
        new VaultSecret("secret_1", null, "a/b/c", null, mark, new Ref("vault_1", ""), "v");
    inventory.wrote(Resource.VAULT_SECRETS, secret);
    inventory.wrote(Resource.VAULTS, new Vault("vault_1", null, "v", null, null));
    // Then
    assertThat(inventory.find(Resource.VAULTS, Keys.name("v")).isPresent()).isTrue();
    assertThat(inventory.lookUp(Resource.VAULT_SECRETS, Keys.vaultSecret("vault_1", "a/b/c")))
        .isEqualTo(inventory.lookUp(Resource.VAULT_SECRETS, Keys.owner(OWNER)))
        .containsExactly(secret);
    for (String key :
        List.of(
            Keys.owner(OWNER),
            Keys.clinic("clinics", "clinic1"),
            Keys.permitsUnder("clinic1.internal"),
            Keys.permitsAllOf("clinic1.internal"),
            Keys.permitsUnder("a.com"))) {
      assertThat(inventory.lookUp(Resource.CREDENTIALS, key)).as(key).containsExactly(credential);
    }
    assertThat(inventory.lookUp(Resource.CREDENTIALS, Keys.permitsAllOf("a.com"))).isEmpty();
    assertThat(inventory.find(Resource.SERVICE_USERS, Keys.name("clinicnet-a")).isPresent())
        .isTrue();
    assertThat(inventory.find(Resource.AGENT_INGRESSES, Keys.name("connect.acme.com")).isPresent())
        .isTrue();
    assertThat(inventory.lookUp(Resource.TUNNEL_SESSIONS, Keys.credential("cr_1")))
        .containsExactly(session);
  }

  @Test
  void anAgentsWordsAreNoMark() {
    String mark = Mark.of("i", OWNER, "uid", "clinic1").text();
    Endpoint bound =
        new Endpoint(
            "ep_1",
            null,
            "agent",
            "https://a.clinic1.internal",
            null,
            null,
            null,
            mark,
            null,
            null,
            null,
            new Ref("ts_1", ""),
            null,
            null);
    inventory.wrote(Resource.ENDPOINTS, bound);

    assertThat(inventory.lookUp(Resource.ENDPOINTS, Keys.session("ts_1"))).containsExactly(bound);
    assertThat(inventory.lookUp(Resource.ENDPOINTS, Keys.owner(OWNER))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theIndexAgreesWithTheObjectsWhateverHappens(long seed) {
    Random random = new Random(seed);
    for (int step = 0; step < 500; step++) {
      // When
      ReservedDomain row = random(random);
      switch (random.nextInt(4)) {
        case 0, 1 -> inventory.wrote(Resource.RESERVED_DOMAINS, row);
        case 2 -> inventory.deleted(Resource.RESERVED_DOMAINS, row.id());
        default -> {
          List<ReservedDomain> rows = new ArrayList<>();
          for (int i = random.nextInt(5); i > 0; i--) {
            rows.add(random(random));
          }
          sweep(rows);
        }
      }
      // Then
      List<ReservedDomain> all = inventory.all(Resource.RESERVED_DOMAINS);
      for (int i = 0; i < 4; i++) {
        String name = i + ".com";
        Owner owner = new Owner("Clinic", "ns", "c" + i);
        assertThat(inventory.lookUp(Resource.RESERVED_DOMAINS, Keys.name(name)))
            .as("seed %s, step %s", seed, step)
            .containsExactlyInAnyOrderElementsOf(
                all.stream().filter(d -> d.domain().equals(name)).toList());
        assertThat(inventory.lookUp(Resource.RESERVED_DOMAINS, Keys.owner(owner)))
            .as("seed %s, step %s", seed, step)
            .containsExactlyInAnyOrderElementsOf(
                all.stream().filter(d -> ownerOf(d).equals(owner)).toList());
      }
    }
  }

  private static Owner ownerOf(ReservedDomain domain) {
    return Mark.parse(domain.metadata()).orElseThrow().owner().orElseThrow();
  }

  private static ReservedDomain random(Random random) {
    Owner owner = new Owner("Clinic", "ns", "c" + random.nextInt(4));
    return domain(
        "rd_" + random.nextInt(6),
        random.nextInt(4) + ".com",
        Mark.of("i", owner, "uid", owner.name()).text());
  }

  private Finding<ReservedDomain> find(Asked asked) {
    return asked == Asked.BY_ID
        ? inventory.byID(Resource.RESERVED_DOMAINS, "rd_1")
        : inventory.find(Resource.RESERVED_DOMAINS, Keys.name("a.com"));
  }

  private void sweep(List<ReservedDomain> rows) {
    inventory.completeSweep(
        Resource.RESERVED_DOMAINS, inventory.beginSweep(Resource.RESERVED_DOMAINS), rows);
  }

  private static ReservedDomain domain(String id, String name, String metadata) {
    return new ReservedDomain(id, null, name, null, metadata, null, null, null, null, null);
  }
}

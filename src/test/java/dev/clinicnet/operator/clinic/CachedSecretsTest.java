package dev.clinicnet.operator.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.kubernetes.Annotations;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The cache of Secrets can be older than the Secrets. Nothing is done because of it. */
class CachedSecretsTest extends ClinicAtWork {

  @Test
  void aPassThatFindsNothingToDoReadsNoSecretLive() {
    int before = cluster.liveReads();

    sweepAndPass();

    assertThat(cluster.liveReads()).isEqualTo(before);
  }

  @Test
  void aSecretThatTheCacheLacksIsReadLive() {
    String token = token();
    int writes = cluster.writes();
    cluster.cacheOnly(Optional.empty());

    sweepAndPass();

    assertThat(scene.ngrok.log()).isEmpty();
    assertThat(cluster.writes()).isEqualTo(writes);
    assertThat(token()).isEqualTo(token);
  }

  /** With the Secret of before, the new credential would count as lost, and be deleted. */
  @Test
  void aTokenThatTheCacheDoesNotHaveYetIsNotLost() {
    Secret old = siteKit();
    annotate(Annotations.ROTATE, "1");
    cluster.cacheOnly(Optional.of(old));
    sweepAndPass();
    String token = token();
    assertThat(scene.ngrok.log()).containsExactly("create credentials");

    pass();
    sweepAndPass();

    assertThat(scene.ngrok.log()).containsExactly("create credentials");
    assertThat(token()).isEqualTo(token);
  }

  /** While a token is being issued, the Secret has a nonce, and the cache may stay at that. */
  @Test
  void anOldNonceInTheCacheDeletesNoCredential() {
    annotate(Annotations.ROTATE, "1");
    scene.ngrok.duringCreation(
        () -> {
          assertThat(siteKit().getMetadata().getAnnotations()).containsKey(SiteKitSecret.PENDING);
          cluster.cacheOnly(Optional.of(siteKit()));
        });
    sweepAndPass();
    String token = token();

    pass();
    sweepAndPass();

    assertThat(scene.ngrok.log()).containsExactly("create credentials");
    assertThat(token()).isEqualTo(token);
  }

  @Test
  void aSecretThatIsGoneIsWrittenWhenTheCacheKnowsIt() {
    Secret old = siteKit();
    cluster.cacheOnly(Optional.of(old));
    cluster.remove(old);
    pass();
    assertThat(scene.ngrok.log()).isEmpty();

    cluster.cacheAll();
    pass();

    assertThat(scene.ngrok.log()).containsExactly("create credentials");
  }
}

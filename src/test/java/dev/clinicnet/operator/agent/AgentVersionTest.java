package dev.clinicnet.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentVersionTest {

  @ParameterizedTest
  @ValueSource(strings = {"3.36.0", "3.9.9", "2.99.99", "v3.36.0", "3.36.0-beta", "0.0.1"})
  void olderAgentsAreTooOld(String version) {
    assertThat(AgentVersion.isTooOld(version)).isTrue();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"3.36.1", "3.36.2", "3.40.0", "4.0.0", "v3.36.1+1", "3", "3.22", "x"})
  void othersAndUnknownFormsAreNot(String version) {
    assertThat(AgentVersion.isTooOld(version)).isFalse();
  }
}

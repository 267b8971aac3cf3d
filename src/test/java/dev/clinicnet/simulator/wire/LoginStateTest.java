package dev.clinicnet.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoginStateTest {
  private final LoginState login = new LoginState();

  @Test
  void theEndOfAnOpenConnectionEndsTheSession() {
    assertThat(login.isOpen()).isFalse();
    assertThat(login.begin()).isTrue();
    assertThat(login.opened()).isTrue();
    assertThat(login.isOpen()).isTrue();

    assertThat(login.ended()).isTrue();

    assertThat(login.isOpen()).isFalse();
  }

  @Test
  void aSessionThatOpensAfterTheEndIsNotOneThatTheEndHasSeen() {
    login.begin();

    assertThat(login.ended()).isFalse();

    assertThat(login.opened()).isFalse();
    assertThat(login.isOpen()).isFalse();
  }

  @Test
  void onlyARefusedLoginMayBeRepeated() {
    login.begin();
    assertThat(login.begin()).isFalse();

    login.refused();
    assertThat(login.begin()).isTrue();
    login.opened();
    assertThat(login.begin()).isFalse();
  }
}

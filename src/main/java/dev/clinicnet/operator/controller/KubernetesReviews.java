package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.fleetpage.ReviewFailure;
import dev.clinicnet.operator.fleetpage.Reviews;
import dev.clinicnet.operator.fleetpage.Viewer;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks the API server, by a TokenReview and by SubjectAccessReviews. */
final class KubernetesReviews implements Reviews {
  private final KubernetesClient client;

  /** Reviews by this client, which the caller closes. */
  KubernetesReviews(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<Viewer> holder(String token) {
    TokenReviewStatus status =
        answer(
            () ->
                client
                    .tokenReviews()
                    .create(
                        new TokenReviewBuilder().withNewSpec().withToken(token).endSpec().build())
                    .getStatus());
    return status != null && Boolean.TRUE.equals(status.getAuthenticated())
        ? Optional.of(viewer(status.getUser()))
        : Optional.empty();
  }

  @Override
  public boolean mayList(Viewer viewer, String group, String resource, String namespace) {
    return answer(
        () ->
            client
                .authorization()
                .v1()
                .subjectAccessReview()
                .create(
                    new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser(viewer.name())
                        .withUid(viewer.uid().isEmpty() ? null : viewer.uid())
                        .withGroups(viewer.groups())
                        .withExtra(viewer.extra())
                        .withNewResourceAttributes()
                        .withVerb("list")
                        .withGroup(group)
                        .withResource(resource)
                        .withNamespace(namespace)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed());
  }

  private static Viewer viewer(UserInfo user) {
    return new Viewer(
        user.getUsername(),
        user.getUid() == null ? "" : user.getUid(),
        user.getGroups() == null ? List.of() : user.getGroups(),
        user.getExtra() == null ? Map.of() : user.getExtra());
  }

  /** The client's own message is left out, because it may quote the request with the token. */
  private static <T> T answer(Supplier<T> question) {
    try {
      return question.get();
    } catch (KubernetesClientException e) {
      throw new ReviewFailure(
          e.getCode() == 0
              ? "the API server does not answer"
              : "the API server answers with status " + e.getCode());
    }
  }
}

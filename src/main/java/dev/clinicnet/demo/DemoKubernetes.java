package dev.clinicnet.demo;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** The Kubernetes API on which the demo runs. The CRDs are installed. */
interface DemoKubernetes extends AutoCloseable {

  /** A description for people. */
  String description();

  /** A client with all rights. */
  KubernetesClient adminClient();

  /** The client that the operator uses. */
  KubernetesClient operatorClient();

  /** The number of writes by the operator. */
  int operatorWrites();

  /** A shell command that shows the Clinics; empty if kubectl cannot connect. */
  Optional<String> kubectl();

  @Override
  void close();
}

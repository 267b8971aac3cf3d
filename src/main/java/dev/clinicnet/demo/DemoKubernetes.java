package dev.clinicnet.demo;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** The Kubernetes API that the demo runs on. Its CRDs are there. */
interface DemoKubernetes extends AutoCloseable {

  /** What it is, for people. */
  String description();

  /** A client with all rights. */
  KubernetesClient adminClient();

  /** The client that the operator uses. */
  KubernetesClient operatorClient();

  /** How many requests that change something the operator has made. */
  int operatorWrites();

  /** A shell command that shows the Clinics; empty where kubectl cannot connect. */
  Optional<String> kubectl();

  @Override
  void close();
}

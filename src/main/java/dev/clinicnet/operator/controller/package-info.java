/**
 * The operator on a cluster: controllers, caches, leader election and status writes. This is the
 * only package of the operator that knows the Java Operator SDK, and the only one that holds
 * clients of Kubernetes.
 */
package dev.clinicnet.operator.controller;

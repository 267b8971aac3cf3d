/**
 * Certificates and private keys as people store them: PEM text read and checked, with problems that
 * tell a manifest's author what to do. Knows neither Kubernetes nor ngrok. No message and no {@code
 * toString} holds a key.
 */
package dev.clinicnet.operator.certificate;

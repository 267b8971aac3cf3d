/**
 * Certificates and private keys as people store them: PEM text that is read and checked. Problems
 * tell a manifest's author what to do. The package knows neither Kubernetes nor ngrok. No message
 * and no {@code toString} holds a key.
 */
package dev.clinicnet.operator.certificate;

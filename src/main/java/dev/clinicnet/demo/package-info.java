/**
 * The demo of the main job, with its own Kubernetes API and simulated ngrok account. It checks its
 * results.
 */
package dev.clinicnet.demo;

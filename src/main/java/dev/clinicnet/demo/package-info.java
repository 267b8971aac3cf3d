/** The main job, on a Kubernetes API and a simulated ngrok account of its own; it checks itself. */
package dev.clinicnet.demo;

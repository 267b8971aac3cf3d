/** What the commands for people have in common: how they reach the cluster, and how they end. */
package dev.clinicnet.operator.cli.cluster;
